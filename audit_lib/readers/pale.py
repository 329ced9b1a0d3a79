"""Which colours of letters are as good as white."""

from __future__ import annotations

_PALEST = 0xF0  # nobody can read a lighter colour on white


def is_pale(red: int, green: int, blue: int) -> bool:
    """Whether letters of a colour (each part 0 to 255) cannot be seen on a white page."""
    return min(red, green, blue) >= _PALEST
