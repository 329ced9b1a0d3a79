"""Turn returned safeguarding audit forms into coded data and reports."""

__version__ = "0.1.0"
