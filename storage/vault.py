"""Sealing personal values before they reach the database, and the digests that stand for secrets."""

import hashlib
import hmac
import json
from typing import Any, TypeVar

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from domain.errors import VaultKeyWrong

SALT = "digest_salt"
"""The setting under which a database keeps its salt, sealed: digests outlive the key that they were begun with."""

_Sealed = TypeVar("_Sealed", bytes, str)


class Vault:
    """Seals and opens personal values with the office's key (Fernet: AES-128-CBC with HMAC-SHA256).

    Several keys may be given, newest first: all open, the first seals.
    """

    def __init__(self, keys: list[bytes]) -> None:
        self._newest = Fernet(keys[0])
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._salt = hashlib.sha256(b"nhacviec digest" + keys[-1]).digest()

    @property
    def salt(self) -> str:
        """What digests are salted with, sealed for keeping."""
        return self._fernet.encrypt(self._salt.hex().encode()).decode()

    def adopt(self, sealed: str) -> None:
        """Salt digests as the database was begun with. Raises VaultKeyWrong under another key."""
        self._salt = bytes.fromhex(self.unseal(sealed.encode()))

    def renewed(self, sealed: _Sealed) -> _Sealed | None:
        """Return a sealed value under the newest key, None where it is already. Raises VaultKeyWrong."""
        token = sealed.encode() if isinstance(sealed, str) else bytes(sealed)
        try:
            self._newest.decrypt(token)
        except InvalidToken:
            try:
                fresh = self._fernet.rotate(token)
            except InvalidToken as error:
                raise VaultKeyWrong() from error
            return fresh.decode() if isinstance(sealed, str) else fresh
        return None

    @staticmethod
    def new_key() -> bytes:
        """Return a fresh key."""
        return Fernet.generate_key()

    def seal(self, value: str | None) -> bytes | None:
        """Return the sealed value; nothing stays nothing."""
        return None if not value else self._fernet.encrypt(value.encode())

    def unseal(self, value: bytes | None) -> str:
        """Return the value in clear, "" for nothing. Raises VaultKeyWrong under another key."""
        if not value:
            return ""
        try:
            return self._fernet.decrypt(bytes(value)).decode()
        except InvalidToken as error:
            raise VaultKeyWrong() from error

    def seal_json(self, value: Any) -> str:
        """Return a JSON value sealed as text, for columns that hold what people wrote."""
        return self._fernet.encrypt(json.dumps(value).encode()).decode()

    def unseal_json(self, sealed: str) -> Any:
        """Return the value of `seal_json`. Raises VaultKeyWrong under another key."""
        return json.loads(self.unseal(sealed.encode()))

    def digest(self, value: str) -> str:
        """Return a salted digest by which a value can be recognised but not read."""
        return hmac.new(self._salt, value.encode(), hashlib.sha256).hexdigest()
