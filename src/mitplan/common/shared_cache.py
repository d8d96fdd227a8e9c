"""Keys of what all processes know alike: attempts to sign in, above all."""

from django.utils.crypto import salted_hmac


def sealed(key: str, prefix: str, version: int) -> str:
    """Return the key as it is stored: nobody reads from it who tried to sign in, and from where."""
    return salted_hmac("mitplan.shared_cache", f"{prefix}:{version}:{key}").hexdigest()
