// What the host keeps out of swap.
#include "platform/memory.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace fieldnote;

// More than lies free in a heap that was used before.
constexpr std::size_t some = 8 << 20;

long locked_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmLck:")) return std::stol(line.substr(6));
  return -1;
}

// In a child, whose heap is its own.
bool holds_in_a_child(bool (*inside)()) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(inside() ? 0 : 1);
  int status = 0;
  BOOST_REQUIRE_EQUAL(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(memory)

#ifndef FIELDNOTE_SANITIZED  // a sanitizer's own allocator has no heap

BOOST_AUTO_TEST_CASE(what_is_allocated_is_kept_out_of_swap_also_when_it_grows) {
  rlimit limit{};
  BOOST_REQUIRE(::getrlimit(RLIMIT_MEMLOCK, &limit) == 0);
  if (::geteuid() != 0 && limit.rlim_cur < 4 * some) {
    BOOST_TEST_MESSAGE("this account may not lock as much memory");
    return;
  }
  BOOST_TEST(holds_in_a_child([] {
    platform::trim_heap();
    platform::use_one_heap();
    const std::vector<char> first(some, 'x');
    if (!platform::lock_heap() || locked_kilobytes() < static_cast<long>(some / 1024)) return false;
    const std::vector<char> second(some, 'x');
    return platform::lock_heap() && locked_kilobytes() >= static_cast<long>(2 * some / 1024) &&
           first == second;
  }));
}

#endif

long resident_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("RssFile:")) return std::stol(line.substr(8));
  return -1;
}

BOOST_AUTO_TEST_CASE(code_that_is_not_used_again_is_let_go_of_and_what_is_used_is_there) {
  const long before = resident_kilobytes();
  platform::release_code();
  BOOST_TEST(resident_kilobytes() < before);
  BOOST_TEST(holds_in_a_child([] { return true; }));
}

BOOST_AUTO_TEST_CASE(an_account_that_may_lock_nothing_goes_on_without) {
  BOOST_TEST(holds_in_a_child([] {
    const rlimit none{0, 0};
    // Root may lock all the same.
    if (::setrlimit(RLIMIT_MEMLOCK, &none) != 0 || (::geteuid() == 0 && ::setuid(65534) != 0))
      return false;
    platform::use_one_heap();
    const std::vector<char> first(some, 'x');
    return !platform::lock_heap() && locked_kilobytes() == 0 && first.size() == some;
  }));
}

BOOST_AUTO_TEST_SUITE_END()
