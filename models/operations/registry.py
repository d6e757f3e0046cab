"""Every operation by its kind, so that a journal can be read and done over again."""

from models.operation import Operation
from models.operations.load import LoadRound, RemoveRound
from models.operations.office import AddFund, RemoveFund, SetUpOffice
from models.operations.rounds import SetUpRound

OPERATIONS: dict[str, type[Operation]] = {
    kind.kind: kind for kind in (SetUpOffice, AddFund, RemoveFund, SetUpRound, LoadRound, RemoveRound)
}
