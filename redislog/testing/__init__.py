"""For other tools' tests: strategies of hypothesis for events and lines (`strategies`)."""
