"""Loaded before the settings are: each test process gets a home of its own, and takes it away at the end."""

import atexit
import os
import shutil
import tempfile

os.environ["BERMITRA_HOME"] = tempfile.mkdtemp(prefix="bermitra-test-")
atexit.register(shutil.rmtree, os.environ["BERMITRA_HOME"], ignore_errors=True)
