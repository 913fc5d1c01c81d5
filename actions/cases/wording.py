"""What officials type about cases, checked for its length."""

from domain.errors import ActRefused


def said(text: str, what: str, least: int = 5, most: int = 2000) -> str:
    """Return what an official typed. Raises ActRefused with `what` is wanted."""
    typed = text.strip()
    if not least <= len(typed) <= most:
        raise ActRefused(f"Xin ghi {what} ({least} đến {most} ký tự).")
    return typed
