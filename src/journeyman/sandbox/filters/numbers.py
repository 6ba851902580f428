"""System-call numbers by name, from the kernel's tables (a test compares them with its headers)."""

from __future__ import annotations

# Allowed whatever their arguments are.
_SHARED_X86_64 = """
read 0 write 1 close 3 fstat 5 lseek 8 mmap 9 mprotect 10 munmap 11 brk 12
rt_sigaction 13 rt_sigprocmask 14 rt_sigreturn 15 pread64 17 pwrite64 18 readv 19 writev 20
sched_yield 24 mremap 25 msync 26 mincore 27 madvise 28 dup 32 nanosleep 35 getitimer 36
setitimer 38 getpid 39 sendfile 40 recvfrom 45 shutdown 48 exit 60 uname 63 flock 73
fsync 74 fdatasync 75 ftruncate 77 getcwd 79 chdir 80 fchdir 81 umask 95 gettimeofday 96
getrlimit 97
getrusage 98 sysinfo 99 times 100 getuid 102 getgid 104 geteuid 107 getegid 108 getppid 110
getgroups 115 getresuid 118 getresgid 120 getpgid 121 getsid 124 capget 125 rt_sigpending 127
rt_sigtimedwait 128 rt_sigsuspend 130 sigaltstack 131 statfs 137 fstatfs 138 getpriority 140
sched_get_priority_max 146 sched_get_priority_min 147 gettid 186 futex 202
getdents64 217 set_tid_address 218 restart_syscall 219 fadvise64 221 clock_gettime 228
clock_getres 229 clock_nanosleep 230 exit_group 231 epoll_ctl 233 mbind 237 get_mempolicy 239
mkdirat 258 newfstatat 262 unlinkat 263 renameat 264 readlinkat 267 faccessat 269 pselect6 270
ppoll 271 set_robust_list 273 epoll_pwait 281 eventfd2 290 epoll_create1 291 dup3 292 pipe2 293
preadv 295 pwritev 296 getcpu 309 renameat2 316 getrandom 318 membarrier 324 copy_file_range 326
statx 332 rseq 334 close_range 436 faccessat2 439 epoll_pwait2 441
"""
_ONLY_X86_64 = """
stat 4 lstat 6 poll 7 access 21 pipe 22 select 23 dup2 33 pause 34 alarm 37 getdents 78 rename 82
mkdir 83 rmdir 84 creat 85 unlink 87 readlink 89 getpgrp 111 arch_prctl 158 time 201
epoll_create 213 epoll_wait 232 eventfd 284
"""
_AARCH64 = """
getcwd 17 eventfd2 19 epoll_create1 20 epoll_ctl 21 epoll_pwait 22 dup 23 dup3 24 flock 32
mkdirat 34 unlinkat 35 renameat 38 statfs 43 fstatfs 44 ftruncate 46 faccessat 48 chdir 49
fchdir 50 close 57 pipe2 59 getdents64 61 lseek 62 read 63 write 64 readv 65 writev 66
pread64 67 pwrite64 68 preadv 69 pwritev 70 sendfile 71 pselect6 72 ppoll 73 readlinkat 78
newfstatat 79 fstat 80 fsync 82 fdatasync 83 capget 90 exit 93 exit_group 94
set_tid_address 96 futex 98 set_robust_list 99 nanosleep 101 getitimer 102 setitimer 103
clock_gettime 113 clock_getres 114 clock_nanosleep 115 sched_yield 124
sched_get_priority_max 125 sched_get_priority_min 126 restart_syscall 128 sigaltstack 132
rt_sigsuspend 133 rt_sigaction 134 rt_sigprocmask 135 rt_sigpending 136 rt_sigtimedwait 137
rt_sigreturn 139 getpriority 141 getresuid 148 getresgid 150 times 153 getpgid 155 getsid 156
getgroups 158 uname 160 getrlimit 163 getrusage 165 umask 166 getcpu 168 gettimeofday 169
getpid 172 getppid 173 getuid 174 geteuid 175 getgid 176 getegid 177 gettid 178 sysinfo 179
recvfrom 207 shutdown 210 brk 214 munmap 215 mremap 216 mmap 222 fadvise64 223 mprotect 226
msync 227 mincore 232 madvise 233 mbind 235 get_mempolicy 236 renameat2 276 getrandom 278
membarrier 283 copy_file_range 285 statx 291 rseq 293 close_range 436 faccessat2 439
epoll_pwait2 441
"""


def _table(text: str) -> dict[str, int]:
    words = text.split()
    return {name: int(number) for name, number in zip(words[::2], words[1::2], strict=True)}


ALLOWED = {
    "x86_64": _table(_SHARED_X86_64) | _table(_ONLY_X86_64),
    "aarch64": _table(_AARCH64),
}

# Allowed with some arguments only, answered as if done, or answered as unknown: see ``rules``.
SPECIAL = {
    "x86_64": _table("""
        open 2 ioctl 16 socketpair 53 sendto 44 clone 56 fcntl 72 chmod 90 fchmod 91
        sched_getparam 143 sched_getscheduler 145 prctl 157 sched_setaffinity 203
        sched_getaffinity 204 tgkill 234 utime 132 openat 257 fchmodat 268 utimensat 280
        getxattr 191 lgetxattr 192 fgetxattr 193 listxattr 194 llistxattr 195 flistxattr 196
        prlimit64 302 clone3 435 openat2 437 fchmodat2 452"""),
    "aarch64": _table("""
        getxattr 8 lgetxattr 9 fgetxattr 10 listxattr 11 llistxattr 12 flistxattr 13
        fcntl 25 ioctl 29 fchmod 52 fchmodat 53 openat 56 utimensat 88 sched_getscheduler 120
        sched_getparam 121 sched_setaffinity 122 sched_getaffinity 123 tgkill 131 prctl 167
        socketpair 199 sendto 206 clone 220 prlimit64 261 clone3 435 openat2 437
        fchmodat2 452"""),
}
