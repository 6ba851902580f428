"""Attempts to read, write, reach or start what the jail does not give."""

from tests.sandbox.battery.kinds import Attack, attempt, broken

# @SECRET@, @FOLDER@, @PACKAGE@ and @PARENT@ are filled in by the test: a file of the same user, its
# folder, the engine's own package (where references lie in a wheel) and the grading process.
_FILES = {
    "read a secret": "open('@SECRET@').read()",
    "read the list of users": "open('/etc/passwd').read()",
    "read the machine's name": "open('/etc/hostname').read()",
    "read the engine": "open('@PACKAGE@/sandbox/judge.py').read()",
    "read through /proc/self/root": "open('/proc/self/root/etc/passwd').read()",
    "read through /proc/self/cwd": "open('/proc/self/cwd/../../../../../../../etc/passwd').read()",
    "read the judge's environment": "open('/proc/@PARENT@/environ').read()",
    "read the judge's memory": "open('/proc/@PARENT@/mem', 'rb').read(1)",
    "read the judge's command": "open('/proc/@PARENT@/cmdline').read()",
    "read the first process's environment": "open('/proc/1/environ').read()",
    "read the kernel log": "open('/dev/kmsg', 'rb').read(1)",
    "read the disk": "open('/dev/vda', 'rb').read(1)",
    "list the root": "os.listdir('/')",
    "list the secret's folder": "os.listdir('@FOLDER@')",
    "list the processes": "os.listdir('/proc')",
    "list temporary files": "os.listdir('/tmp')",
    "find a secret in the environment": (
        "if 'JOURNEYMAN_TEST_SECRET' not in os.environ: raise KeyError('not there')"
    ),
    "find an inherited descriptor": """
        found = []
        for descriptor in range(4, 256):
            try:
                os.fstat(descriptor)
                found.append(descriptor)
            except OSError:
                pass
        if not found: raise OSError('none')
    """,
    "write beside the secret": "open('@FOLDER@/x', 'w').write('x')",
    "write into /tmp": "open('/tmp/journeyman-breach', 'w').write('x')",
    "write into the parent of scratch": "open('../x', 'w').write('x')",
    "write into shared memory": "open('/dev/shm/x', 'w').write('x')",
    "write into the library": "import numpy; open(numpy.__file__, 'a').write('x')",
    "write one's own oom score": "open('/proc/self/oom_score_adj', 'w').write('-1000')",
    "write one's own memory": "open('/proc/self/mem', 'r+b')",
    "append to the secret": "open('@SECRET@', 'a').write('x')",
    "truncate the secret": "os.truncate('@SECRET@', 0)",
    "truncate by a read-only open": "os.close(os.open('@SECRET@', os.O_RDONLY | os.O_TRUNC))",
    "delete the secret": "os.unlink('@SECRET@')",
    "rename the secret": "os.rename('@SECRET@', '@SECRET@2')",
    "move the secret into scratch": "os.rename('@SECRET@', 'secret')",
    "link to the secret": "os.link('@SECRET@', 'secret')",
    "symlink to the secret": "os.symlink('@SECRET@', 'secret')",
    "make a directory outside": "os.mkdir('@FOLDER@/d')",
    "remove a directory outside": "os.rmdir('@FOLDER@')",
    "own the secret": "os.chown('@SECRET@', 0, 0)",
    "tag the secret": "os.setxattr('@SECRET@', 'user.x', b'x')",
    "make a pipe file": "os.mkfifo('pipe')",
    "make a device": "os.mknod('device', 0o020666, os.makedev(1, 1))",
    "change the root": "os.chroot('.')",
    "mount": "syscall(165, b'none', b'/tmp', b'tmpfs', 0, 0)",
    "open by handle": "syscall(304, -100, b'\\0' * 16, 0)",
    "watch files": "syscall(294, 0)",
}
_PROCESSES = {
    "fork": """
        pid = os.fork()
        if pid == 0: os._exit(0)
    """,
    "fork by the bare call": "syscall(57) or os._exit(0)",
    "vfork by clone": "syscall(56, 17, 0, 0, 0, 0) or os._exit(0)",
    "clone into a new user namespace": "syscall(56, 0x10000011, 0, 0, 0, 0) or os._exit(0)",
    "clone3": "syscall(435, b'\\0' * 32 + b'\\x11' + b'\\0' * 55, 88) or os._exit(0)",
    "double fork and a new session": """
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                import time
                time.sleep(60)
            os._exit(0)
    """,
    "subprocess": "import subprocess; subprocess.run(['/bin/true'], check=True)",
    "a shell": "if os.system('true') != 0: raise OSError('not started')",
    "popen": "os.popen('echo hi').read()[1]",
    "exec": "os.execv('/bin/true', ['true'])",
    "exec the interpreter": "os.execv(sys.executable, ['python', '-c', 'print(1)'])",
    "posix_spawn": "os.posix_spawn('/bin/true', ['true'], {})",
    "multiprocessing": """
        import multiprocessing
        multiprocessing.get_context('fork').Process(target=print).start()
    """,
    "a pool": """
        from concurrent.futures import ProcessPoolExecutor
        with ProcessPoolExecutor(1) as pool: pool.submit(abs, 1).result(1)
    """,
    "a new session": "os.setsid()",
    "kill the parent": "os.kill(os.getppid() or 1, 9)",
    "kill the judge": "os.kill(@PARENT@, 9)",
    "kill everything": "os.kill(-1, 15)",
    "kill the group": "os.killpg(0, 15)",
    "signal a process by tgkill": "syscall(234, 2, 2, 0)",
    "signal a process by tkill": "syscall(200, 2, 0)",
    "queue a signal": "syscall(129, 2, 0, b'\\0' * 128)",
    "open a process": "os.pidfd_open(@PARENT@)",
    "attach to the parent": "syscall(101, 16, os.getppid() or 2, 0, 0)",
    "read another's memory": "syscall(310, @PARENT@, b'\\0' * 16, 1, b'\\0' * 16, 1, 0)",
    "write another's memory": "syscall(311, @PARENT@, b'\\0' * 16, 1, b'\\0' * 16, 1, 0)",
    "limit the judge's time": (
        "import resource; resource.prlimit(@PARENT@, resource.RLIMIT_CPU, (1, 1))"
    ),
    "limit the warm process's time": (
        "import resource; resource.prlimit(os.getppid() or 2, resource.RLIMIT_CPU, (1, 1))"
    ),
    "raise one's own limits": (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 50, 1 << 50))"
    ),
    "pin the judge": "os.sched_setaffinity(@PARENT@, {0})",
    "slow the judge": "os.setpriority(os.PRIO_PROCESS, @PARENT@, 19)",
    "become urgent": "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))",
}
_KERNEL = {
    "another namespace": "syscall(272, 0x10000000)",
    "enter a namespace": "syscall(308, 3, 0)",
    "an io_uring": "syscall(425, 4, b'\\0' * 120)",
    "bpf": "syscall(321, 0, b'\\0' * 64, 64)",
    "perf": "syscall(298, b'\\0' * 112, 0, -1, -1, 0)",
    "the key ring": "syscall(248, b'user', b'x', b'x', 1, -3)",
    "memory without a name": "syscall(319, b'x', 0)",
    "secret memory": "syscall(447, 0)",
    "user faults": "syscall(323, 0)",
    "shared memory": "syscall(29, 0, 4096, 0o1600)",
    "a message queue": "syscall(68, 0, 0o1600)",
    "a semaphore": "syscall(64, 0, 1, 0o1600)",
    "shared_memory": (
        "from multiprocessing import shared_memory; shared_memory.SharedMemory(create=True, size=9)"
    ),
    "another seccomp filter": "syscall(317, 1, 0, b'\\0' * 16)",
    "be dumpable": "syscall(157, 4, 1, 0, 0, 0)",
    "outlive the parent": "syscall(157, 1, 0, 0, 0, 0)",
    "another personality": "syscall(135, 0x0040000)",
    "become root": "os.setuid(0)",
    "become nobody": "os.setuid(65534)",
    "leave the groups": "os.setgroups([])",
    "capabilities": "syscall(126, b'\\x22\\x05\\x08\\x20' + b'\\0' * 4, b'\\xff' * 24)",
    "the clock": "import time; time.clock_settime(time.CLOCK_REALTIME, time.time())",
    "the host's name": "syscall(170, b'x', 1)",
    "reboot": "syscall(169, 0, 0, 0, 0)",
    "a kernel module": "syscall(175, b'x', 1, b'')",
    "swap": "syscall(167, b'/x', 0)",
    "type into the terminal": "import fcntl; fcntl.ioctl(0, 0x5412, b'x')",
    "signals for another": "import fcntl; fcntl.fcntl(3, 8, 2)",
    "lock memory": "syscall(149, 0, 4096)",
}
_NETWORK = {
    "a TCP socket": "import socket; socket.socket()",
    "a UDP socket": "import socket; socket.socket(type=socket.SOCK_DGRAM)",
    "a unix socket": "import socket; socket.socket(socket.AF_UNIX)",
    "an abstract socket": "import socket; socket.socket(socket.AF_UNIX).connect('\\0x')",
    "a netlink socket": "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "an IPv6 pair": "import socket; socket.socketpair(socket.AF_INET6)",
    "a connection": "import socket; socket.create_connection(('127.0.0.1', 22), 1)",
    "a server": "import socket; socket.create_server(('127.0.0.1', 0))",
    "a name": "import socket; socket.getaddrinfo('localhost', 80)",
    "a download": "import urllib.request; urllib.request.urlopen('http://127.0.0.1/', timeout=1)",
    "a datagram to a path": """
        import socket
        left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        left.sendto(b'x', '/dev/log')
    """,
    "passing descriptors": """
        import socket
        left, right = socket.socketpair()
        socket.send_fds(left, [b'x'], [0])
    """,
}

# Answered as if done; the test looks whether the secret is as it was.
_PRETENDED = {
    "chmod": "os.chmod('@SECRET@', 0)",
    "fchmod": "os.fchmod(0, 0)",
    "utime": "os.utime('@SECRET@', (0, 0))",
}

ESCAPES: tuple[Attack, ...] = (
    *(
        attempt(name, code)
        for table in (_FILES, _PROCESSES, _KERNEL, _NETWORK)
        for name, code in table.items()
    ),
    *(
        broken(f"pretended {name}", f"import os\ndef f(x):\n    {code}\n    return 2 * x", "passed")
        for name, code in _PRETENDED.items()
    ),
)
