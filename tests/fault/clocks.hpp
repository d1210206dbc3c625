// The clocks that programs of a workplace see (turned_clock.cpp); they see each change at once.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <chrono>

#include "workplace.hpp"

namespace fieldnote::fault {

class Clocks {
 public:
  explicit Clocks(const Workplace& workplace) : path_(workplace.folder() / "clocks") {
    const platform::Descriptor file(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    BOOST_REQUIRE(::ftruncate(file.get(), sizeof(Turned)) == 0);
    void* memory =
        ::mmap(nullptr, sizeof(Turned), PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
    BOOST_REQUIRE(memory != MAP_FAILED);
    turned_ = static_cast<Turned*>(memory);
  }
  Clocks(const Clocks&) = delete;
  Clocks& operator=(const Clocks&) = delete;
  ~Clocks() { ::munmap(turned_, sizeof(Turned)); }

  // Somebody sets the wall clock: by so much from what it really is.
  void set_wall(std::chrono::seconds by) const { turned_->wall = by.count(); }
  // Time passes.
  void pass(std::chrono::seconds time) const { turned_->all += time.count(); }

  [[nodiscard]] Workplace::Environment environment() const {
    return {{"LD_PRELOAD", FIELDNOTE_TURNED_CLOCK}, {"TURNED_CLOCK", path_.string()}};
  }

 private:
  struct Turned {
    std::int64_t wall, all;
  };

  fs::path path_;
  Turned* turned_ = nullptr;
};

}  // namespace fieldnote::fault
