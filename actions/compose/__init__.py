"""Composing: what a person's notices say, made at the moment the message leaves."""

from actions.compose.bundle import COMPOSERS, Material, bundle, gather
from actions.compose.digest import digest_text

__all__ = ["COMPOSERS", "Material", "bundle", "digest_text", "gather"]
