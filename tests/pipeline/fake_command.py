"""The `trialtrace` command with the small core in place of the real one."""

import os
import sys
from functools import partial

from pipeline.cli import main

if __name__ == "__main__":
    core = os.environ.get("FAKE_CORE", "tests.pipeline.fake_core:extract")
    if "show" in sys.argv:
        import pipeline.commands.show
        from tests.pipeline.fake_core import extract

        pipeline.commands.show.extract = extract
    else:
        import pipeline.commands.run
        import pipeline.context

        pipeline.commands.run.opened = partial(pipeline.context.opened, core=core)
        if "FAKE_CODE" not in os.environ:
            pipeline.context.code_version = lambda: "1"  # so that nobody's edits during a test make it another code
    main()
