"""Puts lines into the forms of capture, as each tool's documentation lays them out.

This knows nothing of the reader, so that the two check each other.
"""

from redislog.testing.simulate.forms.printed import Printed
from redislog.testing.simulate.forms.table import FORMS

__all__ = ["FORMS", "Printed"]
