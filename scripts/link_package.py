"""Make ``bermitra`` importable and its console script callable in this environment, without building anything.

An editable install wants a build backend from the network; a path file and five lines of script do the same.
"""

import sys
import sysconfig
from pathlib import Path

root = Path(__file__).resolve().parent.parent
Path(sysconfig.get_path("purelib"), "bermitra.pth").write_text(f"{root}\n", encoding="utf-8")
script = Path(sysconfig.get_path("scripts"), "bermitra")
script.write_text(
    f"#!{sys.executable}\nimport sys\n\nfrom bermitra.cli import main\n\nsys.exit(main())\n", encoding="utf-8"
)
script.chmod(0o755)
