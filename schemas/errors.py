"""The errors of trialtrace: few, named, each with a sentence that tells a user what to do."""

from schemas.run import DocumentStatus


class TrialtraceError(Exception):
    """Anything trialtrace itself raises; its text is meant for a user."""


class UsageError(TrialtraceError):
    """The command or its settings cannot work as given (exit status 2)."""


class LexiconError(TrialtraceError):
    """A vocabulary file cannot be read or fails its own examples; the text names file and entry."""


class StoreError(TrialtraceError):
    """What was extracted cannot be kept: a quote is not what the text holds at its place."""


class UnreadableDocument(TrialtraceError):
    """One document cannot be read; others are unharmed. `status` is a code, the text a reason a user can act on."""

    def __init__(self, status: DocumentStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason

    def __reduce__(self) -> tuple[type["UnreadableDocument"], tuple[DocumentStatus, str]]:
        return (UnreadableDocument, (self.status, self.reason))
