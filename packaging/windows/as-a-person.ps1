# Install the set-up as an ordinary user of this computer, try what is installed, remove it, and look for
# what is left. For a machine that is thrown away afterwards: it makes a user.
param(
    [Parameter(Mandatory)] [System.IO.FileInfo] $SetUp,
    [Parameter(Mandatory)] [System.IO.FileInfo] $Python
)
$ErrorActionPreference = "Stop"

$name = "officer"
$secret = ConvertTo-SecureString ([guid]::NewGuid().ToString() + "aA1!") -AsPlainText -Force
New-LocalUser $name -Password $secret | Out-Null
Add-LocalGroupMember -SID "S-1-5-32-545" -Member $name # users, by any language's name
$person = [pscredential]::new($name, $secret)
$log = New-Item -ItemType Directory "C:\Users\Public\as-a-person"

function Invoke-AsPerson([string] $File, [string[]] $Words) {
    $started = Start-Process $File -ArgumentList $Words -Credential $person -LoadUserProfile -Wait -PassThru `
        -WorkingDirectory $log -RedirectStandardOutput "$log\out.txt" -RedirectStandardError "$log\err.txt"
    Get-Content "$log\out.txt", "$log\err.txt"
    if ($started.ExitCode -ne 0) { throw "$File ended with $($started.ExitCode)" }
}

Copy-Item $SetUp $log
Copy-Item "$PSScriptRoot\..\smoke.py" $log
$program = "C:\Users\$name\AppData\Local\Programs\Grant Panel"
Invoke-AsPerson "$log\$($SetUp.Name)" @("/S")
if (-not (Test-Path "$program\grant-panel-window.exe")) { throw "nothing is in $program" }
Invoke-AsPerson $Python.FullName @("$log\smoke.py", "`"$program`"")

Invoke-AsPerson "$program\uninstall.exe" @("/S", "_?=$program") # without a copy of itself, so it is waited for
$left = Get-ChildItem $program -Recurse -ErrorAction SilentlyContinue | Where-Object Name -ne "uninstall.exe"
if ($left) { throw "left behind: $($left.FullName -join ', ')" }
"Installed, tried and removed as $name."
