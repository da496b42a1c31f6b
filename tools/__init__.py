"""What the maintainers use and the wheel does not hold."""
