#include "platform/sandbox.hpp"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <memory>

namespace fieldnote::platform {
namespace {

// Landlock's interface (Documentation/userspace-api/landlock.rst), written out: the headers of a
// distribution lag behind the kernels that people run.
struct LandlockRuleset {
  std::uint64_t handled_access_fs;
  std::uint64_t handled_access_net;  // from ABI 4
  std::uint64_t scoped;              // from ABI 6
};
struct LandlockPathBeneath {
  std::uint64_t allowed_access;
  std::int32_t parent_fd;
} __attribute__((packed));

constexpr std::uint32_t landlock_version = 1U << 0;
constexpr int landlock_path_beneath = 1;
constexpr std::uint64_t fs_write_file = 1ULL << 1;
constexpr std::uint64_t fs_read_file = 1ULL << 2;
constexpr std::uint64_t fs_read_dir = 1ULL << 3;
constexpr std::uint64_t fs_remove_file = 1ULL << 5;
constexpr std::uint64_t fs_make_reg = 1ULL << 8;
constexpr std::uint64_t fs_all_of_abi_1 = (1ULL << 13) - 1;
constexpr std::uint64_t fs_refer = 1ULL << 13;      // ABI 2
constexpr std::uint64_t fs_truncate = 1ULL << 14;   // ABI 3
constexpr std::uint64_t fs_ioctl_dev = 1ULL << 15;  // ABI 5
constexpr std::uint64_t net_all = 3;                // ABI 4: bind and connect over TCP
constexpr std::uint64_t scope_all = 3;              // ABI 6: abstract sockets, signals

LandlockRuleset everything_of(int abi) {
  LandlockRuleset rules{fs_all_of_abi_1, 0, 0};
  if (abi >= 2) rules.handled_access_fs |= fs_refer;
  if (abi >= 3) rules.handled_access_fs |= fs_truncate;
  if (abi >= 4) rules.handled_access_net = net_all;
  if (abi >= 5) rules.handled_access_fs |= fs_ioctl_dev;
  if (abi >= 6) rules.scoped = scope_all;
  return rules;
}

std::size_t size_of(int abi) {
  if (abi >= 6) return sizeof(LandlockRuleset);
  return abi >= 4 ? offsetof(LandlockRuleset, scoped)
                  : offsetof(LandlockRuleset, handled_access_net);
}

Result<int> enter_landlock(std::span<const fs::path> write_beneath) {
  const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, landlock_version);
  if (abi <= 0) return 0;
  const LandlockRuleset rules = everything_of(static_cast<int>(abi));
  const Descriptor ruleset(static_cast<int>(
      ::syscall(SYS_landlock_create_ruleset, &rules, size_of(static_cast<int>(abi)), 0)));
  if (!ruleset) return os_error(errno, "the sandbox (landlock)");
  for (const fs::path& folder : write_beneath) {
    const Descriptor parent(::open(folder.c_str(), O_PATH | O_CLOEXEC));
    if (!parent) return os_error(errno, folder.string());
    LandlockPathBeneath beneath{
        fs_read_file | fs_write_file | fs_read_dir | fs_remove_file | fs_make_reg, parent.get()};
    if (abi >= 3) beneath.allowed_access |= fs_truncate;
    if (::syscall(SYS_landlock_add_rule, ruleset.get(), landlock_path_beneath, &beneath, 0) != 0)
      return os_error(errno, folder.string());
  }
  if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0)
    return os_error(errno, "the sandbox (landlock)");
  return static_cast<int>(abi);
}

constexpr std::array allowed_calls{
    // files that Landlock leaves, and descriptors that are open
    SCMP_SYS(openat),
    SCMP_SYS(open),
    SCMP_SYS(close),
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(pread64),
    SCMP_SYS(pwrite64),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(fstatfs),
    SCMP_SYS(statfs),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
    SCMP_SYS(fsync),
    SCMP_SYS(fdatasync),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchown),
    SCMP_SYS(flock),
    SCMP_SYS(fcntl),
    SCMP_SYS(umask),
    SCMP_SYS(dup),
    SCMP_SYS(dup3),
    // waiting
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(eventfd2),
    SCMP_SYS(timerfd_create),
    SCMP_SYS(timerfd_settime),
    SCMP_SYS(pipe),
    SCMP_SYS(pipe2),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(futex),
    SCMP_SYS(sched_yield),
    SCMP_SYS(restart_syscall),
    // memory that is not code
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(mlock),
    SCMP_SYS(mlock2),
    SCMP_SYS(munlock),
    // the process itself
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigtimedwait),
    SCMP_SYS(signalfd4),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(tgkill),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getppid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
    SCMP_SYS(getrusage),
};

// ioctl(2) is a thousand calls; these tell and set what a descriptor is.
constexpr std::array<std::uint64_t, 4> allowed_ioctls{FIONBIO, FIONREAD, TCGETS, TIOCGWINSZ};

int add_rules(scmp_filter_ctx filter) {
  for (const int call : allowed_calls)
    if (const int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0); failed != 0)
      return failed;
  for (const std::uint64_t request : allowed_ioctls)
    if (const int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
                                            SCMP_A1(SCMP_CMP_EQ, request, 0));
        failed != 0)
      return failed;
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
    if (const int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
        failed != 0)
      return failed;
  // A thread, never a process. clone3 hides its flags in memory: the C library falls back when
  // there is none.
  if (const int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                                          SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
      failed != 0)
    return failed;
  return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

Result<void> enter_seccomp() {
  struct Release {
    void operator()(void* filter) const { seccomp_release(filter); }
  };
  const std::unique_ptr<void, Release> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
  if (!filter) return os_error(ENOMEM, "the sandbox (seccomp)");
  if (const int failed = add_rules(filter.get()); failed != 0)
    return os_error(-failed, "the sandbox (seccomp)");
  if (const int failed = seccomp_load(filter.get()); failed != 0)
    return os_error(-failed, "the sandbox (seccomp)");
  return {};
}

}  // namespace

std::string SandboxLevel::text() const {
  return landlock_abi > 0 ? "seccomp and Landlock (ABI " + std::to_string(landlock_abi) + ')'
                          : "seccomp (this kernel has no Landlock)";
}

Result<SandboxLevel> enter_sandbox(std::span<const fs::path> write_beneath) {
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return os_error(errno, "the sandbox (no new privileges)");
  const auto landlock = enter_landlock(write_beneath);
  if (!landlock) return landlock.error();
  if (auto seccomp = enter_seccomp(); !seccomp) return seccomp.error();
  return SandboxLevel{*landlock};
}

}  // namespace fieldnote::platform
