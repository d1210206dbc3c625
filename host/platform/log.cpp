#include "platform/log.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>

namespace fieldnote::platform {
namespace {

constexpr std::string_view identifier = "fieldnote-host";

Descriptor connect_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) return {};
  std::memcpy(address.sun_path, path.data(), path.size());
  Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket ||
      ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return {};
  return socket;
}

// "storage_failed (fieldnote.protocol 16)"
std::string spelled(const boost::system::error_code& code) {
  return code.message() + " (" + code.category().name() + ' ' + std::to_string(code.value()) + ')';
}

// "started: version 0.1.0, landlock_abi 4"
std::string sentence(const Log::Line& line, std::initializer_list<Log::Number> numbers) {
  std::string text(line.event.text());
  text += ": version " FIELDNOTE_VERSION;
  for (const Log::Number& number : numbers)
    text.append(", ").append(number.name.text()).append(" ") += std::to_string(number.value);
  if (line.error) text += ", " + spelled(line.error);
  if (line.cause) text += ", because of: " + spelled(line.cause);
  return text;
}

void add_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append("=").append(value).append("\n");
}

// FIELDNOTE_LANDLOCK_ABI=4
void add_own(std::string& out, std::string_view name, std::string_view value) {
  std::string field = "FIELDNOTE_";
  std::transform(name.begin(), name.end(), std::back_inserter(field), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  add_field(out, field, value);
}

void add_code(std::string& out, const std::string& name, const boost::system::error_code& code) {
  if (!code) return;
  add_own(out, name, code.message());
  add_own(out, name + "_kind", code.category().name());
  add_own(out, name + "_number", std::to_string(code.value()));
}

std::string entry(const Log::Line& line, std::initializer_list<Log::Number> numbers) {
  std::string out;
  add_field(out, "MESSAGE", sentence(line, numbers));
  add_field(out, "PRIORITY", std::to_string(static_cast<int>(line.priority)));
  add_field(out, "SYSLOG_IDENTIFIER", identifier);
  add_own(out, "version", FIELDNOTE_VERSION);
  add_own(out, "event", line.event.text());
  for (const Log::Number& number : numbers)
    add_own(out, number.name.text(), std::to_string(number.value));
  add_code(out, "error", line.error);
  add_code(out, "cause", line.cause);
  return out;
}

// A browser need not read what we say there: what would wait is left out.
void write_to_standard_error(const std::string& text) {
  pollfd ready{STDERR_FILENO, POLLOUT, 0};
  if (::poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0) return;
  static_cast<void>(!::write(STDERR_FILENO, text.data(), text.size()));
}

}  // namespace

Log::Log(const fs::path& socket) : journal_(connect_to(socket.string())) {}

void Log::say(const Line& line, std::initializer_list<Number> numbers) noexcept {
  if (lines_ >= most_lines) return;
  ++lines_;
  try {
    pass_on(line, numbers);
    if (lines_ == most_lines) pass_on({Priority::warning, "no_more_is_said"}, {});
  } catch (const std::exception&) {
    ++left_out_;  // there is no memory for a line; what goes on is more than what is said of it
  }
}

void Log::pass_on(const Line& line, std::initializer_list<Number> numbers) {
  if (journal_) {
    std::string datagram = entry(line, numbers);
    if (left_out_ > 0) add_own(datagram, "left_out", std::to_string(left_out_));
    if (::write(journal_.get(), datagram.data(), datagram.size()) >= 0) {
      left_out_ = 0;
      return;
    }
    if (errno == EAGAIN || errno == ENOBUFS) {
      ++left_out_;
      return;
    }
    // It is gone, and a sandboxed host cannot look for it again.
    journal_ = {};
  }
  write_to_standard_error(std::string(identifier) + ": " + sentence(line, numbers) + '\n');
}

}  // namespace fieldnote::platform
