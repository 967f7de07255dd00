"""What `import trialtrace` offers: a dataset's tables as pandas frames, and the errors it may raise."""

from pipeline.exports.frames import Dataset, read_dataset
from schemas.errors import TrialtraceError, UsageError

__all__ = ["Dataset", "TrialtraceError", "UsageError", "read_dataset"]
