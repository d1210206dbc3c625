// A disk that is full, on a file system of its own: acks stop and the reason is said, what was
// acked is there, and when there is room again recording goes on.
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>

#include "workplace.hpp"

namespace fieldnote::fault {
namespace {

void write_text(const char* path, const std::string& text) {
  std::ofstream(path) << text;
}

// From here on this process sees mounts of its own, which end with it: as root, or as a user who
// is root in a namespace of their own.
bool enter_own_mounts() {
  static const bool entered = [] {
    const uid_t user = ::geteuid();
    const gid_t group = ::getegid();
    if (user != 0 || ::unshare(CLONE_NEWNS) != 0) {
      if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
      write_text("/proc/self/setgroups", "deny");
      write_text("/proc/self/uid_map", "0 " + std::to_string(user) + " 1");
      write_text("/proc/self/gid_map", "0 " + std::to_string(group) + " 1");
    }
    return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  }();
  return entered;
}

std::uintmax_t bytes_of(std::string_view megabytes) {
  return std::stoul(std::string(megabytes)) << 20;
}

// A small disk, and files that take what room it has. ext4 on a loop device where this machine lets
// us, so that it is full as a disk is full: journal, folders and all; else memory.
class SmallDisk {
 public:
  // `megabytes`: of room.
  explicit SmallDisk(std::string_view megabytes) {
    std::string name = (fs::temp_directory_path() / "fieldnote-disk-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
    image_ = name + ".image";
    is_ext4_ = mount_ext4();
    BOOST_TEST_MESSAGE("on a disk of " << (is_ext4_ ? "ext4" : "memory"));
    const std::string options = "mode=0755,size=" + std::to_string(bytes_of(megabytes));
    if (!is_ext4_)
      BOOST_REQUIRE_MESSAGE(::mount("tmpfs", path_.c_str(), "tmpfs", 0, options.c_str()) == 0,
                            std::strerror(errno));
    fs::permissions(path_, fs::perms(0755));
    if (is_ext4_) grow(megabytes);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    ::umount2(path_.c_str(), MNT_DETACH);
    ::rmdir(path_.c_str());
    ::unlink(image_.c_str());
  }

  void fill() const {
    std::ofstream file(path_ / "filler", std::ios::binary | std::ios::app);
    const std::string page(4096, 'x');
    while (file.write(page.data(), static_cast<std::streamsize>(page.size())).flush()) {
    }
  }
  void make_room() const { fs::remove(path_ / "filler"); }
  // So much room is free from here on (of memory: so much there is in all).
  void grow(std::string_view megabytes) const {
    const auto bytes = bytes_of(megabytes);
    if (!is_ext4_) {
      const std::string options = "size=" + std::to_string(bytes);
      BOOST_REQUIRE(::mount(nullptr, path_.c_str(), nullptr, MS_REMOUNT, options.c_str()) == 0);
      return;
    }
    fs::remove(path_ / "taken");
    const auto available = fs::space(path_).available;
    const platform::Descriptor taken(
        ::open((path_ / "taken").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    if (available > bytes)
      BOOST_REQUIRE(::posix_fallocate(taken.get(), 0, static_cast<off_t>(available - bytes)) == 0);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  // Larger than all that a test asks for.
  static constexpr off_t image_bytes = 96 << 20;

  [[nodiscard]] bool mount_ext4() const {
    const platform::Descriptor image(::open(image_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!image || ::ftruncate(image.get(), image_bytes) != 0) return false;
    const std::string quiet = " >/dev/null 2>&1";
    return std::system(("mkfs.ext4 -q -m 0 " + image_.string() + quiet).c_str()) == 0 &&
           std::system(
               ("mount -o loop " + image_.string() + ' ' + path_.string() + quiet).c_str()) == 0;
  }

  fs::path path_, image_;
  bool is_ext4_ = false;
};

bool can_mount() {
  if (enter_own_mounts()) return true;
  std::cout << "SKIPPED: this machine lets nobody mount a file system of their own\n";
  return false;
}

void require_full(const Browser& browser) {
  BOOST_REQUIRE(!browser.settled());
  BOOST_REQUIRE_MESSAGE(!browser.errors().empty(),
                        "the host does not say that the disk is full " << browser.breach());
  BOOST_REQUIRE_MESSAGE(browser.errors().back() == "storage_full",
                        browser.errors().back() << ": " << browser.sentence());
  BOOST_REQUIRE_MESSAGE(browser.sentence().find("room") != std::string::npos, browser.sentence());
}

void require_no_fault(const std::string& fault) {
  BOOST_REQUIRE_MESSAGE(fault.empty(), fault);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(full_disk)

BOOST_AUTO_TEST_CASE(
    recording_until_the_disk_is_full_keeps_all_that_was_acked_and_goes_on_with_room) {
  if (!can_mount()) return;
  const SmallDisk disk("3");
  const Workplace workplace(disk.path());
  Chance chance(1);
  Browser browser(chance);
  browser.grow_events(3000);
  for (const char* next_size : {"6", "64"}) {
    // More than there is room for.
    browser.work(1000, 5);
    Process host = workplace.host();
    Port port(host);
    browser.talk(port);
    require_full(browser);
    BOOST_TEST(host.wait(milliseconds(2000)).has_value());
    browser.disconnect();
    require_no_fault(browser.fault_in(workplace.stored()));
    // Whether there was room to seal or not: nothing is lost by it.
    const Outcome sealed = workplace.seal();
    BOOST_TEST_MESSAGE("with " << browser.acked_events() << " events on a full disk sealing says: "
                               << sealed.output << sealed.errors);
    BOOST_TEST((sealed.end == End{0} || sealed.end == End{1}));
    require_no_fault(browser.fault_in(workplace.stored()));
    disk.grow(next_size);
  }
  require_no_fault(workplace.fault_in_working_on(browser));
  const Outcome sealed = workplace.seal();
  BOOST_REQUIRE_MESSAGE(sealed.end == End{0}, sealed.errors);
  require_no_fault(browser.fault_in(workplace.sealed()));
}

BOOST_AUTO_TEST_CASE(a_disk_filled_by_others_stops_acks_and_loses_nothing) {
  if (!can_mount()) return;
  const SmallDisk disk("4");
  const Workplace workplace(disk.path());
  Chance chance(2);
  Browser browser(chance);
  browser.grow_events(2000);
  browser.work(10);
  Process host = workplace.host();
  Port port(host);
  browser.talk(port);
  BOOST_REQUIRE(browser.settled());
  disk.fill();
  browser.work(200, 5);
  browser.talk(port);
  require_full(browser);
  host.kill();
  browser.disconnect();
  // The next host finds the disk full from the beginning, and says it as well.
  {
    Process next = workplace.host();
    Port next_port(next);
    browser.talk(next_port);
    require_full(browser);
    BOOST_TEST(next.wait(milliseconds(2000)).has_value());
    browser.disconnect();
  }
  disk.make_room();
  disk.grow("64");
  require_no_fault(workplace.fault_in_working_on(browser));
}

BOOST_AUTO_TEST_CASE(sealing_makes_room_on_a_full_disk_from_what_was_kept_back_for_it) {
  if (!can_mount()) return;
  const SmallDisk disk("64");
  const Workplace workplace(disk.path());
  Chance chance(4);
  Browser browser(chance);
  browser.grow_events(3000);
  for (int round = 0; round < 2; ++round) {
    browser.disconnect();
    browser.work(20, 5);
    require_no_fault(workplace.fault_in_working_on(browser));
    disk.fill();
    browser.work(2000, 5);
    Process host = workplace.host();
    Port port(host);
    browser.talk(port);
    require_full(browser);
    BOOST_TEST(host.wait(milliseconds(2000)).has_value());
    browser.disconnect();
    const Outcome sealed = workplace.seal();
    BOOST_REQUIRE_MESSAGE(sealed.end == End{0}, sealed.errors);
    require_no_fault(browser.fault_in(workplace.stored()));
    disk.make_room();
  }
  require_no_fault(workplace.fault_in_working_on(browser));
}

BOOST_AUTO_TEST_CASE(a_computer_that_is_full_from_the_first_day_says_so) {
  if (!can_mount()) return;
  const SmallDisk disk("1");
  const Workplace workplace(disk.path());
  disk.fill();
  Chance chance(3);
  Browser browser(chance);
  browser.work(3);
  {
    Process host = workplace.host();
    Port port(host);
    browser.talk(port, milliseconds(5000));
    BOOST_TEST(!browser.settled());
    BOOST_TEST_MESSAGE("first day: " << browser.sentence() << ' ' << host.errors());
    host.close_input();
    const auto end = host.wait(milliseconds(2000));
    BOOST_REQUIRE(end.has_value());
    BOOST_TEST(end->signal == 0);
    browser.disconnect();
  }
  disk.make_room();
  require_no_fault(workplace.fault_in_working_on(browser));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::fault
