"""Who would hear for agencies, as entrances show it before anything is sent."""

from storage.audiences import Place, of_agencies

__all__ = ["Place", "of_agencies"]
