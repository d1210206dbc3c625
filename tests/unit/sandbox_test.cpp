// From inside: what the capturing process must not be able to do (promise 8), and what it still
// must.
#include "platform/sandbox.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <thread>

#include "spool/spool.hpp"
#include "temporary_folder.hpp"

namespace {

using namespace fieldnote;
using testing::TemporaryFolder;
namespace fs = platform::fs;

// Runs `inside` in a child that has entered the sandbox; true where it returned true.
bool holds_inside(const fs::path& folder, const std::function<bool()>& inside) {
  const pid_t child = ::fork();
  if (child == 0) {
    const std::array<fs::path, 1> folders{folder};
    const auto level = platform::enter_sandbox(folders);
    ::_exit(level && inside() ? 0 : 1);
  }
  int status = 0;
  BOOST_REQUIRE_EQUAL(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sandbox)

BOOST_AUTO_TEST_CASE(the_capturing_process_has_no_network) {
  const TemporaryFolder folder;
  for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK})
    BOOST_TEST(holds_inside(
        folder.path(), [&] { return ::socket(family, SOCK_DGRAM, 0) == -1 && errno == EPERM; }));
}

BOOST_AUTO_TEST_CASE(a_socket_that_was_open_connects_to_nobody) {
  const TemporaryFolder folder;
  const platform::Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
  BOOST_REQUIRE(static_cast<bool>(socket));
  BOOST_TEST(holds_inside(folder.path(), [&] {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(9);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
               -1 &&
           errno == EPERM;
  }));
}

BOOST_AUTO_TEST_CASE(no_program_and_no_process_is_started) {
  const TemporaryFolder folder;
  BOOST_TEST(holds_inside(
      folder.path(), [] { return ::execl("/bin/true", "true", nullptr) == -1 && errno == EPERM; }));
  BOOST_TEST(holds_inside(folder.path(), [] { return ::fork() == -1; }));
}

BOOST_AUTO_TEST_CASE(a_foreign_file_is_out_of_reach) {
  const TemporaryFolder folder;
  const TemporaryFolder foreign;
  const fs::path file = foreign / "secret";
  testing::write_file(file, "x");
  BOOST_TEST(holds_inside(folder.path(),
                          [&] { return ::open(file.c_str(), O_RDONLY) == -1 && errno == EACCES; }));
  BOOST_TEST(holds_inside(folder.path(), [&] {
    return ::open((foreign / "new").c_str(), O_WRONLY | O_CREAT, 0600) == -1 && errno == EACCES;
  }));
  BOOST_TEST(holds_inside(folder.path(),
                          [] { return ::open("/etc/passwd", O_RDONLY) == -1 && errno == EACCES; }));
}

BOOST_AUTO_TEST_CASE(memory_does_not_become_code) {
  const TemporaryFolder folder;
  BOOST_TEST(holds_inside(folder.path(), [] {
    return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
                  -1, 0) == MAP_FAILED;
  }));
}

BOOST_AUTO_TEST_CASE(a_spool_opened_before_goes_on_and_threads_start) {
  const TemporaryFolder folder;
  auto spool = spool::Spool::open(folder / "state");
  BOOST_REQUIRE(spool.has_value());
  BOOST_TEST(holds_inside(folder / "state", [&] {
    bool ran = false;
    std::thread([&] { ran = true; }).join();
    auto write = spool->write();
    if (!ran || !write) return false;
    auto terms = write->terms_row({});
    if (!terms) return false;
    const spool::SealedBatch batch = spool->seal(spool::StreamId{}, 1, 0, "{}\n");
    const bool put = write->put({&batch, 1}, *terms).has_value();
    return put && write->commit().has_value();
  }));
  BOOST_TEST(spool->held(0, 10)->size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
