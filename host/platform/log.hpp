// What the host says of itself, for whoever looks after the machine: to the system's journal where
// there is one (https://systemd.io/JOURNAL_NATIVE_PROTOCOL/), to standard error where not.
//
// No text fits through. A line is made of words that stand in this program's source, of numbers,
// and of error codes, whose names are the program's or the system's: an address, a person's path
// or what a page showed cannot be said by mistake. Nor does it wait: what finds the journal full is
// left out and counted, and a host that would not stop talking is quiet after `most_lines`.
//
// The socket is connected before the sandbox closes, and a connected one takes write(2): the
// sandbox allows no call for it. Not thread-safe.
#pragma once

#include <boost/system/error_code.hpp>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "platform/file.hpp"

namespace fieldnote::platform {

inline constexpr std::string_view journal_socket = "/run/systemd/journal/socket";

class Log {
 public:
  // As syslog(3) numbers them.
  enum class Priority : std::uint8_t { error = 3, warning = 4, info = 6 };

  // A word that was there when the program was compiled.
  class Word {
   public:
    template <std::size_t size>
    consteval Word(const char (&literal)[size])
        : text_(literal, size - 1) {}  // NOLINT(*-explicit-*)
    [[nodiscard]] std::string_view text() const { return text_; }

   private:
    std::string_view text_;
  };

  struct Number {
    Word name;  // small letters and underscores: it becomes the name of a field
    std::int64_t value;
  };

  struct Line {
    Priority priority;
    Word event;
    boost::system::error_code error = {};
    boost::system::error_code cause = {};  // of the error, where another one is behind it
  };

  static constexpr int most_lines = 100;

  // To the journal at `socket`, or to standard error where nobody listens there.
  explicit Log(const fs::path& socket = journal_socket);
  [[nodiscard]] static Log on_standard_error() { return Log(fs::path()); }

  [[nodiscard]] bool reaches_journal() const { return static_cast<bool>(journal_); }
  void say(const Line& line, std::initializer_list<Number> numbers = {}) noexcept;

 private:
  void pass_on(const Line& line, std::initializer_list<Number> numbers);

  Descriptor journal_;
  int lines_ = 0;
  int left_out_ = 0;
};

}  // namespace fieldnote::platform
