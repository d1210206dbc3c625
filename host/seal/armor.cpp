#include "seal/armor.hpp"

#include <algorithm>
#include <stdexcept>

#include "seal/base64.hpp"
#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

constexpr std::string_view header = "-----BEGIN AGE ENCRYPTED FILE-----";
constexpr std::string_view footer = "-----END AGE ENCRYPTED FILE-----";
constexpr std::string_view white_space = " \t\r\n";
constexpr std::size_t columns = 64;
constexpr std::size_t line_bytes = columns / 4 * 3;
constexpr std::size_t max_white_space = 1024;
constexpr std::size_t flush_at = 16 * 1024;

bool is_white_space(std::string_view text) {
  return text.find_first_not_of(white_space) == std::string_view::npos;
}

}  // namespace

bool looks_armored(std::byte first) {
  const char c = std::to_integer<char>(first);
  return c == header.front() || white_space.find(c) != std::string_view::npos;
}

ArmorWriter::ArmorWriter(platform::ByteSink& below) : below_(below), text_(header) {
  text_ += '\n';
}

Result<void> ArmorWriter::write(platform::ByteView bytes) {
  if (finished_) throw std::logic_error("ArmorWriter: write after finish");
  static_assert(line_bytes == std::tuple_size_v<decltype(line_)>);
  while (!bytes.empty()) {
    const std::size_t count = std::min(bytes.size(), line_bytes - line_size_);
    std::copy_n(bytes.begin(), count, line_.begin() + static_cast<std::ptrdiff_t>(line_size_));
    line_size_ += count;
    bytes = bytes.subspan(count);
    if (line_size_ < line_bytes) break;
    put_line();
    if (text_.size() < flush_at) continue;
    if (auto flushed = flush(); !flushed) return flushed;
  }
  return {};
}

Result<void> ArmorWriter::finish() {
  if (finished_) throw std::logic_error("ArmorWriter: finished twice");
  finished_ = true;
  if (line_size_ > 0) put_line();
  text_ += footer;
  text_ += '\n';
  return flush();
}

void ArmorWriter::put_line() {
  text_ += base64_encode(platform::ByteView(line_).first(line_size_), Base64Padding::padded);
  text_ += '\n';
  line_size_ = 0;
}

Result<void> ArmorWriter::flush() {
  auto written = below_.write(platform::as_bytes(text_));
  text_.clear();
  return written;
}

ArmorReader::ArmorReader(platform::ByteSource& below) : source_(below) {}

Result<std::size_t> ArmorReader::read(std::span<std::byte> room) {
  if (state_ && released_ == decoded_.size()) state_ = advance();
  if (!state_) return state_.error();
  const std::size_t count = std::min(room.size(), decoded_.size() - released_);
  std::copy_n(decoded_.begin() + static_cast<std::ptrdiff_t>(released_), count, room.begin());
  released_ += count;
  return count;
}

Result<void> ArmorReader::advance() {
  if (place_ == Place::before)
    if (auto skipped = skip_to_body(); !skipped) return skipped;
  if (place_ == Place::inside) return read_body_line();
  return {};
}

Result<void> ArmorReader::skip_to_body() {
  std::size_t skipped = 0;
  while (true) {
    const auto line = next_line();
    if (!line) return line.error();
    if (*line == header) break;
    if (!is_white_space(*line)) return refuse("not the beginning of an armored age file");
    skipped += line->size() + 1;
    if (skipped > max_white_space) return refuse("too much white space before the armor");
  }
  place_ = Place::inside;
  return {};
}

Result<void> ArmorReader::read_body_line() {
  decoded_.clear();
  released_ = 0;
  const auto line = next_line();
  if (!line) return line.error();
  if (*line == footer) return expect_nothing_more();
  if (line->empty() || line->size() > columns)
    return refuse("a line of the armor has 1 to 64 columns");
  auto bytes = base64_decode(*line, Base64Padding::padded);
  if (!bytes) return refuse(bytes.error().sentence);
  decoded_ = std::move(*bytes);
  if (decoded_.size() == line_bytes) return {};

  const auto end = next_line();
  if (!end) return end.error();
  if (*end != footer) return refuse("only the last line of the armor may be short");
  return expect_nothing_more();
}

Result<void> ArmorReader::expect_nothing_more() {
  place_ = Place::after;
  std::array<std::byte, max_white_space + 1> rest;
  const auto count = read_fully(source_, rest);
  if (!count) return count.error();
  if (*count > max_white_space) return refuse("too much follows the armor");
  if (!is_white_space(platform::as_text(platform::ByteView(rest).first(*count))))
    return refuse("something follows the armor");
  return {};
}

Result<std::string_view> ArmorReader::next_line() {
  ++line_number_;
  const auto line = source_.read_line(max_white_space);
  if (!line) return line.error();
  if (line->end == BufferedSource::LineEnd::too_long) return refuse("a line is too long");
  if (line->end == BufferedSource::LineEnd::end_of_input && line->text.empty())
    return refuse("the file ends inside its armor, so it was cut short");
  std::string_view text = line->text;
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

Error ArmorReader::refuse(std::string_view why) const {
  return seal_error(SealError::bad_armor, std::string(why))
      .at("armor, line " + std::to_string(line_number_));
}

}  // namespace fieldnote::seal
