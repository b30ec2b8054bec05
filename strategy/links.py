"""The address of a reporting link: its key, and a signature that takes the database's secret to make."""

import hashlib
import hmac

from itsdangerous import Signer

_SALT = "oppdater"


def token(secret: str, key: str) -> str:
    """The part of the address that stands for link `key`. Raises `ValueError` without a secret to sign by."""
    if not secret:
        raise ValueError("An empty key signs nothing.")
    return Signer(secret, salt=_SALT, digest_method=hashlib.sha256).sign(key).decode()


def key_of(secret: str, given: str) -> str | None:
    """The key of the link a token stands for; None for any that this program did not make.

    The token is made again and compared letter by letter: a signature in base64 can be spelled in more ways
    than one.
    """
    key = given.rpartition(".")[0] if secret else ""
    made = token(secret, key) if key else ""
    return key if key and hmac.compare_digest(made.encode(), given.encode("utf-8", "replace")) else None


def key_for(secret: str, person: str, until: str, withdrawn: int = 0) -> str:
    """The key of the link the program makes for a person to the end of a day, also before it is stored.

    Each that was `withdrawn` is followed by another one.
    """
    about = f"{person}@{until}" + (f"#{withdrawn}" if withdrawn else "")
    made = hmac.new(secret.encode(), about.encode(), hashlib.sha256).hexdigest()
    return f"lenke-{made[:20]}"
