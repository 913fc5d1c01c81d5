"""Sealing personal values before they reach the database, and the digests that stand for secrets."""

import hashlib
import hmac
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from domain.errors import VaultKeyWrong


class Vault:
    """Seals and opens personal values with the office's key (Fernet: AES-128-CBC with HMAC-SHA256).

    Several keys may be given, newest first: all open, the first seals.
    """

    def __init__(self, keys: list[bytes]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._salt = hashlib.sha256(b"nhacviec digest" + keys[-1]).digest()

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
