"""Sets Salama up in `.venv`, and runs or tests it: `python3 deploy/install.py run` or `... test`.

Needs only Python 3.11 or newer. A second call finds everything in place and is quick. Sets are small on purpose:
serving needs `serve`, tests need `dev` as well; PyTorch's CPU build is asked for first, because the default build
brings gigabytes for graphics cards.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
TORCH = "torch==2.13.0"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"


def main(arguments: list[str]) -> int:
    """Set up, then run or test; return the exit code."""
    if arguments[:1] not in (["run"], ["test"], ["check"], ["setup"]):
        print("usage: python3 deploy/install.py run | test [pytest arguments] | check | setup", file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts it may have an older one
        print(f"Salama needs Python 3.11 or newer; this is {sys.version.split()[0]}", file=sys.stderr)
        return 2
    task, rest = arguments[0], arguments[1:]
    os.chdir(ROOT)
    set_up("serve" if task == "run" else "dev")
    if task == "run":
        pull_models()
        return subprocess.call([str(VENV / "bin" / "salama"), "serve", *rest])
    if task == "check":
        return check()
    if task == "test":
        environment = {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", **os.environ}
        # one process a processor; a file stays together, so that its server or browser starts once, and files run
        # in the order of their names: by default those of few tests, which are the slow ones, come last
        shared = [] if rest else ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
        return subprocess.call([str(PYTHON), "-m", "pytest", *shared, *rest], env=environment)
    return 0


def set_up(extra: str) -> None:
    """Make `.venv` and install the pinned packages of one set, unless they are there."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamps = [VENV / f".salama-{name}" for name in {extra, "dev"}]
    if any(stamp.exists() and stamp.read_text(encoding="utf-8") == wanted for stamp in stamps):
        return
    if not PYTHON.exists():
        print("Making .venv ...", flush=True)
        venv.create(VENV, with_pip=True)
    print("Installing PyTorch for the CPU (about 200 MB) ...", flush=True)
    from_cpu_index = ("--index-url", CPU_INDEX, "--retries", "0", "--timeout", "10")
    if not pip("show", "--quiet", "torch", quiet=True) and not pip("install", TORCH, *from_cpu_index, quiet=True):
        print("  the CPU index is out of reach; taking PyTorch from your default index", flush=True)
        if not pip("install", TORCH):
            print("  PyTorch was not installed: Salama works without it, with plainer search", flush=True)
    print(f"Installing Salama with the set '{extra}' (a few minutes the first time) ...", flush=True)
    if not pip("install", "--editable", f".[{extra}]"):
        sys.exit("The packages could not be installed. Check the network, then run the same command again.")
    (VENV / f".salama-{extra}").write_text(wanted, encoding="utf-8")


def pull_models() -> None:
    """Fetch the default models unless told otherwise; without them every reply is reviewed text."""
    if os.environ.get("SALAMA_LM", "auto") == "none" or os.environ.get("SALAMA_LM_URL"):
        return
    if subprocess.call([str(VENV / "bin" / "salama"), "models", "pull"]) != 0:
        print("No language model could be fetched: Salama answers with reviewed text alone, which is complete.")


def check() -> int:
    """Run the formatter, the linter, the type checker and the import contracts."""
    steps = [
        [str(VENV / "bin" / "ruff"), "format", "--check", "."],
        [str(VENV / "bin" / "ruff"), "check", "."],
        [str(VENV / "bin" / "mypy")],
        [str(VENV / "bin" / "lint-imports"), "--no-cache"],
        [str(VENV / "bin" / "salama"), "content", "check"],
    ]
    return max(subprocess.call(step) for step in steps)


def pip(*arguments: str, quiet: bool = False) -> bool:
    """Run pip in the environment; return whether it succeeded."""
    sink = subprocess.DEVNULL if quiet else None
    flags = ["--disable-pip-version-check"]
    command = [str(PYTHON), "-m", "pip", *arguments[:1], *flags, *arguments[1:]]
    if arguments[0] == "install" and not quiet:
        command.append("--progress-bar=on")
    return subprocess.call(command, stdout=sink, stderr=sink) == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
