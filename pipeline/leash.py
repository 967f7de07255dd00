"""Arguments of `prefect` in, that command run until it ends or whoever started it is gone, killed or not.

The other end of standard input is held by the one who started it and by nobody else: when it closes, nobody is left.
"""

import os
import runpy
import shutil
import signal
import sys
import threading


def follow() -> None:
    """Wait for the end of standard input, then end this process politely.

    Its folder goes first: whoever would have removed it may have been killed, and nobody asks this server any more.
    """
    while os.read(0, 1024):
        pass
    shutil.rmtree(os.environ["PREFECT_HOME"], ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=follow, daemon=True).start()
    sys.argv[0] = "prefect"
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)
