"""Agencies as plans name them: cells cut into names and collectives, roles told apart, names resolved."""

from domain.agencies.roles import Roles, listed, roles

__all__ = ["Roles", "listed", "roles"]
