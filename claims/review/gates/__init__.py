"""What a revision must have before it goes to a second person and before it is published: rules as data."""

from claims.review.gates.checking import Ruling, checklist, faults, faults_of
from claims.review.gates.rule import Fault, Gate, Level
from claims.review.gates.table import GATES, LEGAL_SIGN_OFF

__all__ = ["GATES", "LEGAL_SIGN_OFF", "Fault", "Gate", "Level", "Ruling", "checklist", "faults", "faults_of"]
