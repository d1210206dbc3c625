#include "frames.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include "channel/frame.hpp"

namespace fieldnote::bench {
namespace {

constexpr std::string_view document_key = R"("document":")";
constexpr std::size_t document_digits = 16;
constexpr std::size_t pass_digits = 4;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Writes `number` over the digits at `at`.
void overwrite(std::string& text, std::size_t at, std::size_t digits, std::size_t number,
               std::size_t base) {
  for (std::size_t i = digits; i-- > 0; number /= base)
    text[at + i] = "0123456789abcdef"[number % base];
}

void renumber_records(std::string& event, std::size_t pass) {
  constexpr std::size_t records = 100000;
  for (std::size_t begin = 0; begin < event.size();) {
    std::size_t end = begin;
    while (end < event.size() && is_digit(event[end])) ++end;
    if (end - begin == 6 && event[begin] == '7') {
      const std::size_t record = std::stoul(event.substr(begin + 1, 5));
      overwrite(event, begin + 1, 5, (record + pass * 7919) % records, 10);
    }
    begin = std::max(end, begin + 1);
  }
}

}  // namespace

Corpus::Corpus(const std::filesystem::path& file) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(document_key) == std::string::npos)
      throw std::runtime_error(file.string() + ": a line is no event");
    events_.push_back(std::move(line));
  }
  if (events_.empty()) throw std::runtime_error(file.string() + ": no events are there");
}

std::string Corpus::event(std::size_t i) const {
  std::string event = events_[i % events_.size()];
  const std::size_t pass = i / events_.size();
  if (pass == 0) return event;
  // Before the document's number is changed: its digits are no record.
  renumber_records(event, pass);
  const std::size_t document = event.find(document_key) + document_key.size();
  overwrite(event, document + document_digits - pass_digits, pass_digits, pass, 16);
  return event;
}

Frames Corpus::frames(std::size_t events, std::size_t per_frame) const {
  Frames frames;
  std::string batch;
  for (std::uint64_t seq = 1; frames.events < events; ++seq) {
    batch = R"({"type":"batch","seq":)" + std::to_string(seq) + R"(,"events":[)";
    const std::size_t end = std::min(events, frames.events + per_frame);
    for (; frames.events < end; ++frames.events) {
      if (batch.back() != '[') batch += ',';
      batch += event(frames.events);
    }
    batch += "]}";
    channel::append_frame(frames.bytes, batch);
    frames.ends.push_back(frames.bytes.size());
  }
  return frames;
}

}  // namespace fieldnote::bench
