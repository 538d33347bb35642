"""Seccomp: the system calls that student code may make. A list of what is allowed; all else fails.

`ALLOWED` computes, reads, writes and runs threads. `OWN_PROCESS` is allowed on the calling process only, and
some calls with some arguments only. `REFUSED` fails with "Operation not permitted"; anything not named here,
also what kernels will bring, fails with "Function not implemented", which makes the C library take an older
way.

No way to another program or process (no execve, no fork; a thread is a clone with CLONE_THREAD), to the
network (no socket), to memory beyond the limits (no memfd, no System V shared memory), into the kernel (no
bpf, io_uring, userfaultfd, keyctl, perf_event_open, mount, namespaces), nor to another jail by a file that
both can read: no notice of who opens it, no wake-up of who waits at it, no lock. A lock is said to be had,
since SQLite asks for one, but none is set: a jail is one process, which needs none.
"""

from __future__ import annotations

import ctypes.util
import errno
import os
from collections.abc import Iterable
from functools import cache
from typing import Any

from autograder.grading.sandbox.system_calls import filter_calls

ALLOWED = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek sendfile copy_file_range
    splice tee open openat openat2 creat close dup dup2 dup3 fsync fdatasync
    sync_file_range ftruncate truncate fallocate fadvise64 readahead stat fstat lstat newfstatat statx
    statfs fstatfs access faccessat faccessat2 readlink readlinkat getcwd chdir fchdir getdents getdents64
    mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat umask chmod
    fchmod fchmodat utime utimes utimensat futimesat pipe pipe2 poll
    ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd
    eventfd2 timerfd_create timerfd_settime timerfd_gettime signalfd signalfd4 sendto recvfrom shutdown
    getsockopt setsockopt getsockname getpeername mmap munmap mprotect mremap msync madvise brk
    mlock munlock mlock2 membarrier mbind get_mempolicy set_mempolicy pkey_alloc pkey_free pkey_mprotect
    set_robust_list rseq arch_prctl sched_yield sched_get_priority_max sched_get_priority_min getcpu
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack pause
    restart_syscall alarm getitimer setitimer timer_settime timer_gettime timer_getoverrun
    timer_delete nanosleep gettimeofday time times getpid gettid getppid getpgrp getuid geteuid getgid getegid
    getresuid getresgid getgroups capget
    getrlimit getrusage sysinfo uname getrandom exit exit_group wait4 waitid
""".split()  # noqa: SIM905
OWN_PROCESS = [
    "kill",
    "tgkill",
    "tkill",
    "rt_sigqueueinfo",
    "rt_tgsigqueueinfo",
    "prlimit64",
    "sched_setaffinity",
    "sched_getaffinity",
    "sched_getparam",
    "sched_getscheduler",
    "sched_rr_get_interval",
    "getpgid",
    "getsid",
    "get_robust_list",
]
ATTRIBUTES = ["getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr"]
"""Extended attributes, of files also that cannot be read: there are said to be none."""
REFUSED = """
    inotify_init inotify_init1 inotify_add_watch sendmsg sendmmsg recvmsg recvmmsg
    fork vfork execve execveat ptrace process_vm_readv process_vm_writev pidfd_open pidfd_getfd
    pidfd_send_signal kcmp socket connect bind listen accept accept4 unshare setns mount umount2 pivot_root
    chroot mount_setattr move_mount open_tree fsopen fsmount fspick open_by_handle_at name_to_handle_at
    mknod mknodat chown fchown lchown fchownat setxattr lsetxattr fsetxattr removexattr lremovexattr
    fremovexattr setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid capset
    setsid setpgid bpf perf_event_open io_uring_setup io_uring_enter io_uring_register userfaultfd keyctl
    add_key request_key memfd_create memfd_secret shmget shmat shmctl semget semop semctl msgget msgsnd
    msgrcv msgctl mq_open mq_unlink setrlimit setpriority sched_setscheduler sched_setparam sched_setattr
    ioprio_set migrate_pages move_pages process_madvise process_mrelease personality settimeofday
    clock_settime adjtimex clock_adjtime sethostname setdomainname reboot kexec_load init_module
    finit_module delete_module swapon swapoff acct quotactl syslog iopl ioperm vhangup
""".split()  # noqa: SIM905

_SONAME = "libseccomp.so.2"
_THREAD = 0x00010000, 0x00000400  # CLONE_THREAD, CLONE_FILES: open files are where the keeper counts them
_SETS_A_LOCK = (6, 7, 37, 38)  # F_SETLK, F_SETLKW, and both for open files
_LAST_CLOCK = 11  # beyond them are clocks of other processes
_PRIVATE = 128  # FUTEX_PRIVATE_FLAG: between threads of one process
_BY_ARGUMENT: dict[str, tuple[int, Iterable[int]]] = {
    # F_DUPFD to F_GETLK, F_OFD_GETLK, F_DUPFD_CLOEXEC, pipes' sizes; not F_SETOWN and F_SETSIG: the kernel
    # would send the signals of its choice to a process of its choice
    "fcntl": (1, (*range(6), 36, 1030, 1031, 1032)),
    # not CLOSE_RANGE_UNSHARE, by which a thread's open files would be its own
    "close_range": (2, (0, 4)),
    # FUTEX_WAIT, and _WAIT_BITSET with and without a clock: for a thread's end
    "futex": (1, (0, 9, 265)),
    # of itself; not of another process, another group or all of a user's
    "getpriority": (1, (0,)),
    "ioprio_get": (1, (0,)),
    # PR_GET_PDEATHSIG, _GET_DUMPABLE, _SET_NAME, _GET_NAME, _GET_SECCOMP, _CAPBSET_READ, _SET_VMA; not what
    # would undo the jail
    "prctl": (0, (2, 3, 15, 16, 21, 23, 0x53564D41)),
    # streams alone: a pair of datagram sockets can send to any socket that has a name
    "socketpair": (1, [1 | flags for flags in (0, 0o4000, 0o2000000, 0o2004000)]),
}
"""Calls of which only some are allowed: the number of an argument, and its allowed values."""
_TERMINAL_IOCTLS = (
    0x5401,
    0x5413,
    0x5421,
    0x541B,
    0x5450,
    0x5451,
)  # TCGETS TIOCGWINSZ FIONBIO FIONREAD FIO(N)CLEX


def load_library() -> None:
    """Load libseccomp. Python looks for a library by running programs, which are not to be had in a jail.

    So it is asked for by its own name, and before. Raises RuntimeError where it is not installed.
    """
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: _SONAME if name == "seccomp" else None
    try:
        import pyseccomp  # noqa: F401
    except (ImportError, OSError) as error:
        raise RuntimeError(f"libseccomp cannot be loaded ({error})") from None
    finally:
        ctypes.util.find_library = search


@cache
def compiled(pid: int, *, files_are_shared: bool) -> bytes:
    """The filter for the process of this number, as the kernel takes it. Made once: that takes 8 ms.

    ``files_are_shared``: there is no root of our own, so the owner's rights must not be used either: modes
    and times of files cannot be changed; and no link can be read, since it tells of files that cannot: it is
    said to be none. Raises OSError or RuntimeError where it cannot be made.
    """
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.ENOSYS))
    refused = pyseccomp.ERRNO(errno.EPERM)
    for name in ALLOWED:
        _add(rules, (_on_shared_files(name) if files_are_shared else None) or pyseccomp.ALLOW, name)
    for name in ATTRIBUTES:
        _add(rules, pyseccomp.ERRNO(errno.ENOTSUP), name)
    for name in REFUSED:
        _add(rules, refused, name)
    for name in OWN_PROCESS:
        _add(rules, pyseccomp.ALLOW, name, pyseccomp.Arg(0, pyseccomp.EQ, pid))
        if name in _ZERO_IS_THE_GROUP:
            _add(rules, refused, name, pyseccomp.Arg(0, pyseccomp.NE, pid))
        else:
            _add(rules, pyseccomp.ALLOW, name, pyseccomp.Arg(0, pyseccomp.EQ, 0))
    _add(rules, pyseccomp.ALLOW, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, sum(_THREAD), sum(_THREAD)))
    for flag in _THREAD:
        _add(rules, refused, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, 0))
    _add(rules, pyseccomp.ALLOW, "futex", pyseccomp.Arg(1, pyseccomp.MASKED_EQ, _PRIVATE, _PRIVATE))
    for name in ("clock_gettime", "clock_getres", "clock_nanosleep", "timer_create"):
        _add(rules, pyseccomp.ALLOW, name, pyseccomp.Arg(0, pyseccomp.LE, _LAST_CLOCK))
    granted = pyseccomp.ERRNO(0)
    _add(rules, granted, "flock")
    for command in _SETS_A_LOCK:
        _add(rules, granted, "fcntl", pyseccomp.Arg(1, pyseccomp.EQ, command))
    for name, (which, values) in _BY_ARGUMENT.items():
        for value in values:
            _add(rules, pyseccomp.ALLOW, name, pyseccomp.Arg(which, pyseccomp.EQ, value))
    for request in _TERMINAL_IOCTLS:
        _add(rules, pyseccomp.ALLOW, "ioctl", pyseccomp.Arg(1, pyseccomp.EQ, request))
    with os.fdopen(os.memfd_create("filter"), "rb") as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def load(*, files_are_shared: bool) -> None:
    """Set the filter for this process, for good. Needs `forbid_new_privileges` before, and one thread.

    Raises OSError or RuntimeError where the filter cannot be set.
    """
    filter_calls(compiled(os.getpid(), files_are_shared=files_are_shared))


_ON_MODES_AND_TIMES = {"chmod", "fchmod", "fchmodat", "utime", "utimes", "utimensat", "futimesat"}
_ON_LINKS = {"readlink", "readlinkat"}
_ZERO_IS_THE_GROUP = {"kill", "tgkill", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"}


def _on_shared_files(name: str) -> int | None:
    """How a call is refused that would tell of files outside, or change them; None where it is not."""
    import pyseccomp

    if name in _ON_LINKS:
        return int(pyseccomp.ERRNO(errno.EINVAL))
    return int(pyseccomp.ERRNO(errno.EPERM)) if name in _ON_MODES_AND_TIMES else None


def _add(rules: Any, action: int, name: str, *conditions: Any) -> None:
    """Add a rule; a call that this architecture or this libseccomp does not know needs none."""
    import pyseccomp

    if pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) >= 0:
        rules.add_rule(action, name, *conditions)
