// A host, or a peer that speaks as one, started the way a browser starts it. Throws when the
// program says or does what it should not: what is measured must be work that was done.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "frames.hpp"
#include "platform/file.hpp"

namespace fieldnote::bench {

class Program {
 public:
  // Starts `command` with `state` as its XDG_STATE_HOME; what it prints goes to a log in there.
  Program(const std::vector<std::string>& command, const std::filesystem::path& state);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  // Everything up to recording: hello, attach with a new stream, and a yes where one is asked for.
  void attach();

  // Writes all of `frames` as fast as they are taken and returns when the last one is acked.
  void pump(const Frames& frames);

  // One frame, numbered `seq`, on its way; `acked` is to be called when `out` is readable, and says
  // whether its ack is there.
  void send(std::string_view frame, std::uint64_t seq, std::size_t events);
  [[nodiscard]] bool acked();
  void wait_acked();
  [[nodiscard]] int out() const { return out_.get(); }

  // A line of /proc/PID/status, in kB: VmRSS, VmHWM.
  [[nodiscard]] std::int64_t memory_kb(std::string_view line) const;

  // Ends its input, waits for its end, and returns the CPU seconds that it took.
  double finish();

 private:
  void receive();                               // reads once, waiting until there is something
  [[nodiscard]] bool take(std::string& frame);  // the next frame of what was read
  [[nodiscard]] std::string next_message();     // waits for it
  [[nodiscard]] std::size_t take_acks();        // how many were among what was read
  void tell(const std::string& message);

  pid_t pid_ = -1;
  platform::Descriptor in_;
  platform::Descriptor out_;
  std::string received_;
  std::size_t taken_ = 0;
  // What the next ack must say.
  std::uint64_t next_ack_ = 1;
  std::size_t events_sent_ = 0;
  std::size_t events_stored_ = 0;
};

}  // namespace fieldnote::bench
