"""Says in plain words that the port of the demo is taken, before the demo says it in a traceback."""

import os
import socket
import sys

port = os.environ.get("THIDUA_PORT", "8080")
try:
    socket.create_server(("127.0.0.1", int(port))).close()
except (ValueError, OverflowError):
    sys.exit(f"\nTHIDUA_PORT={port} is not a port. For example:  THIDUA_PORT=8081 make demo")
except OSError as refused:
    other = int(port) + 1 if int(port) < 65535 else 8081
    sys.exit(
        f"\nPort {port} is not free ({os.strerror(refused.errno or 0)}). Does the demo already run in another window?\n"
        f"  Take another one (cổng khác):  THIDUA_PORT={other} make demo"
    )
