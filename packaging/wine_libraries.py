"""Libraries that Wine lacks or Python asks for, built from names that others ask for."""

from __future__ import annotations

import re
from pathlib import Path

from wine_chain import COMPILER, OBJDUMP, Chain

MATH = b"api-ms-win-crt-math-l1-1-0.dll\0"
STUB_MATH = "gpmath.dll"


def stands_in_for_what_wine_lacks(chain: Chain) -> str:
    """Three libraries that Windows 10 has and Wine has not, in Wine's own folder: never in the program."""
    chain.run("wineboot", "-i")
    core = chain.python / "Lib/site-packages/PySide6/Qt6Core.dll"
    wanted = _imports(chain, core, "icuuc.dll")
    library(chain, "icuuc.dll", dict.fromkeys(wanted, ""), _icu_source(wanted), chain.system)
    library(chain, "bcryptprimitives.dll", {"ProcessPrng": ""}, CHANCE_SOURCE, chain.system)
    patched = [path for path in _extensions(chain) if _asks_for_other_math(path)]
    asked = sorted({name for path in _extensions(chain) for name in _imports(chain, path, STUB_MATH)})
    forwarded = {name: "" if name in OWN_MATH else f"ucrtbase.{name}" for name in asked}
    library(chain, STUB_MATH, forwarded, MATH_SOURCE, chain.system)
    return (
        f"{len(wanted)} names of icuuc, {len(asked)} of the mathematics, {len(patched)} files pointed there"
    )


def _extensions(chain: Chain) -> list[Path]:
    packages = chain.python / "Lib/site-packages"
    return [path for name in ("numpy", "highspy") for path in sorted((packages / name).rglob("*.pyd"))]


def _asks_for_other_math(path: Path) -> bool:
    """Let an extension ask for our mathematics instead of Windows': Wine leaves its complex functions out."""
    content = path.read_bytes()
    if MATH in content:
        path.write_bytes(content.replace(MATH, STUB_MATH.encode().ljust(len(MATH), b"\0")))
    return MATH in content


def _imports(chain: Chain, library: Path, of: str) -> list[str]:
    """Return the names that a library asks another one for."""
    names, is_there = [], False
    for line in chain.run(OBJDUMP, "-p", library).splitlines():
        if "DLL Name:" in line:
            is_there = line.split(":", 1)[1].strip().casefold() == of
        elif is_there and re.match(r"^\t[0-9a-f]+", line):
            names.append(line.split()[-1])
    return sorted(set(names))


def exports(chain: Chain, library: Path, pattern: str) -> list[str]:
    """Return the names that a library gives, of those that fit a pattern."""
    told = chain.run(OBJDUMP, "-p", library).split("[Ordinal/Name Pointer] Table", 1)[1]
    names = (line.split()[-1] for line in told.splitlines() if re.match(r"\s*\[ *\d+\]", line))
    return [name for name in names if re.match(pattern, name)]


def library(chain: Chain, name: str, exports: dict[str, str], source: str, folder: Path) -> None:
    """Build a library for Windows that has these names, each its own or another library's."""
    lines = [f"  {own}={of}" if of else f"  {own}" for own, of in exports.items()]
    listed, code = chain.work / f"{name}.def", chain.work / f"{name}.c"
    listed.write_text("\n".join([f"LIBRARY {name}", "EXPORTS", *lines]) + "\n", encoding="utf-8")
    code.write_text(source or "int stands_for_nothing;\n", encoding="utf-8")
    chain.run(
        COMPILER, "-O1", "-w", "-fno-builtin", "-shared", "-o", folder / name, code, listed, "-ladvapi32"
    )


def _icu_source(names: list[str]) -> str:
    """Return functions that know no time zone, no encoding and no collation, and say so."""
    opens = "void* ucnv_open(const char* name, int* error) { if (error) *error = 2; return 0; }"
    rest = [
        f"void* {name}(void* a, void* b, void* c, void* d) {{ return 0; }}"
        for name in names
        if name != "ucnv_open"
    ]
    return "\n".join([opens, *rest]) + "\n"


OWN_MATH = frozenset(
    f"{name}{width}" for name in ("creal", "cimag", "cabs", "carg", "cexp") for width in ("", "f", "l")
)
CHANCE_SOURCE = """
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
BOOL WINAPI ProcessPrng(BYTE *to, SIZE_T many) { return SystemFunction036(to, (ULONG)many); }
"""
MATH_SOURCE = """
#include <math.h>
typedef struct { float r, i; } F;
typedef struct { double r, i; } D;
float crealf(F z) { return z.r; }
float cimagf(F z) { return z.i; }
double creal(D z) { return z.r; }
double cimag(D z) { return z.i; }
double creall(D z) { return z.r; }
double cimagl(D z) { return z.i; }
double cabs(D z) { return hypot(z.r, z.i); }
float cabsf(F z) { return (float)hypot(z.r, z.i); }
double cabsl(D z) { return hypot(z.r, z.i); }
double carg(D z) { return atan2(z.i, z.r); }
float cargf(F z) { return (float)atan2(z.i, z.r); }
double cargl(D z) { return atan2(z.i, z.r); }
D cexp(D z) { double e = exp(z.r); D o = {e * cos(z.i), e * sin(z.i)}; return o; }
F cexpf(F z) { double e = exp(z.r); F o = {(float)(e * cos(z.i)), (float)(e * sin(z.i))}; return o; }
D cexpl(D z) { return cexp(z); }
"""
