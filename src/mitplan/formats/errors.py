"""What can be wrong with a file, said in a sentence the person who brought it can act on."""


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation without translating it yet."""
    return message


class FormatError(Exception):
    """A file that cannot be read: a sentence to be translated and the values for its placeholders."""

    def __init__(self, message: str, **params: str | int) -> None:
        """Keep the sentence as it stands in the catalogue, with named placeholders."""
        super().__init__(message, params)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        """Return the German sentence with its values."""
        return self.message % self.params
