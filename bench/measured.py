"""Runs one command and measures its whole process tree (Linux)."""
import dataclasses
import os
import subprocess
import threading
import time

SAMPLE_SECONDS = 0.2
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclasses.dataclass
class Sample:
    """One run of a command. CPU is user plus system time of the process and all its children."""
    status: int
    wallSeconds: float
    cpuSeconds: float
    peakMemoryBytes: int
    peakDiskBytes: int


def tree(pid):
    """Resident bytes by process, for `pid` and all that descend from it."""
    children, resident = {}, {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(name))
        resident[int(name)] = int(fields[21]) * PAGE_BYTES
    found, queue = {}, [pid]
    while queue:
        process = queue.pop()
        found[process] = resident.get(process, 0)
        queue += children.get(process, [])
    return found


def folder_bytes(folder):
    """Allocated bytes of all files below a folder, each counted once; a file that goes meanwhile counts nothing."""
    seen = {}
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                status = os.lstat(os.path.join(place, name))
                seen[status.st_dev, status.st_ino] = status.st_blocks * 512
            except OSError:
                continue
    return seen


def deleted_open_bytes(pids):
    """Allocated bytes of files that the processes hold open without a name: scratch that no listing shows."""
    seen = {}
    for pid in pids:
        try:
            for descriptor in os.listdir(f"/proc/{pid}/fd"):
                status = os.stat(f"/proc/{pid}/fd/{descriptor}")
                if status.st_nlink == 0 and status.st_blocks:
                    seen[status.st_dev, status.st_ino] = status.st_blocks * 512
        except OSError:
            continue
    return seen


def run(command, work, environment=None):
    """Runs `command` with its output sent to `work`/output.log; returns its Sample.

    Memory is the larger of the sampled sum over the tree and the kernel's own high-water mark of its largest
    process; disk is the sampled sum over `work` (results and scratch) and over files without a name.
    """
    memory = disk = 0
    with open(os.path.join(work, "output.log"), "wb") as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
        ended = threading.Event()

        def watch():
            nonlocal memory, disk
            while True:
                processes = tree(process.pid)
                memory = max(memory, sum(processes.values()))
                disk = max(disk, sum((folder_bytes(work) | deleted_open_bytes(processes)).values()))
                if ended.wait(SAMPLE_SECONDS):
                    return

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
        finally:
            ended.set()
            watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    disk = max(disk, sum(folder_bytes(work).values()))
    return Sample(process.returncode, wall, usage.ru_utime + usage.ru_stime, max(memory, usage.ru_maxrss * 1024), disk)
