"""The size of what a document gave in, a sentence for its reader out where silence would mislead."""


def notice_of(*, records: int, numbers: int, not_understood: int) -> str:
    """What a user should know of a document that was read; "" where its records speak for themselves.

    `not_understood` counts the numbers that look like results and are in no record.
    """
    if not records and not_understood:
        return (
            f"no record, though {_tell(not_understood)}: the article may not be in English, or print its results in a "
            "way that is not read yet; coverage.jsonl tells where they stand"
        )
    if not records:
        return f"no record: none of the {numbers} numbers it prints looks like a result" if numbers else "no numbers"
    if not_understood > records:
        return f"{_tell(not_understood)} and are in no record, more than are in one; coverage.jsonl tells where"
    return ""


def _tell(number: int) -> str:
    return "one number looks like a result" if number == 1 else f"{number} numbers look like results"
