"""Composing: what a person's notices say, made at the moment the message leaves."""

from actions.compose.bundle import COMPOSERS, Material, bundle, gather
from actions.compose.digest import said_of
from actions.compose.morning import check_text

__all__ = ["COMPOSERS", "Material", "bundle", "check_text", "gather", "said_of"]
