"""Agencies as plans name them: cells cut into names and collectives, roles told apart, names resolved."""

from domain.agencies.directory import ASKED_TO_COOPERATE, Agency, AgencyLevel, Directory
from domain.agencies.links import Fault, first_fault
from domain.agencies.phrases import AgencyPhrase, Group, GroupLevel, split
from domain.agencies.resolving import MEMBERS, Nearest, Resolution, Unknown, resolve
from domain.agencies.roles import Roles, charged, listed, roles

__all__ = [
    "ASKED_TO_COOPERATE",
    "MEMBERS",
    "Agency",
    "AgencyLevel",
    "AgencyPhrase",
    "Directory",
    "Fault",
    "Group",
    "GroupLevel",
    "Nearest",
    "Resolution",
    "Roles",
    "Unknown",
    "charged",
    "first_fault",
    "listed",
    "resolve",
    "roles",
    "split",
]
