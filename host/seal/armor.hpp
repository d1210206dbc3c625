// ASCII armor: an age file as text, for mail and tickets. Strict PEM (RFC 7468, section 3) with the
// label `AGE ENCRYPTED FILE`: padded canonical base64 in lines of 64 columns, of which only the
// last is shorter, ended by LF or CRLF. White space may surround it, up to 1,024 bytes a side.
// One thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "platform/byte_stream.hpp"
#include "seal/buffered_source.hpp"

namespace fieldnote::seal {

// Whether a file that begins with `first` is to be read as armor. One byte tells: a binary age
// file begins with 'a', armor with '-' or with white space.
[[nodiscard]] bool looks_armored(std::byte first);

class ArmorWriter final : public platform::ByteSink {
 public:
  // `below` must outlive the writer.
  explicit ArmorWriter(platform::ByteSink& below);

  [[nodiscard]] Result<void> write(platform::ByteView bytes) override;
  // Writes the last line and the footer. To write after it is a bug (std::logic_error).
  [[nodiscard]] Result<void> finish();

 private:
  void put_line();
  [[nodiscard]] Result<void> flush();

  platform::ByteSink& below_;
  std::array<std::byte, 48> line_{};  // what does not fill a line yet
  std::size_t line_size_ = 0;
  std::string text_;  // whole lines on their way
  bool finished_ = false;
};

class ArmorReader final : public platform::ByteSource {
 public:
  // `below` must outlive the reader.
  explicit ArmorReader(platform::ByteSource& below);

  // Refuses (`bad_armor`) whatever is not as above, by the number of its line; from then on each
  // read gives that error again.
  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> room) override;

 private:
  enum class Place { before, inside, after };
  [[nodiscard]] Result<void> advance();
  [[nodiscard]] Result<void> skip_to_body();
  [[nodiscard]] Result<void> read_body_line();
  [[nodiscard]] Result<void> expect_nothing_more();
  // The next line without its end, or an error where there is none; good until the next call.
  [[nodiscard]] Result<std::string_view> next_line();
  [[nodiscard]] Error refuse(std::string_view why) const;

  BufferedSource source_;
  std::size_t line_number_ = 0;
  Place place_ = Place::before;
  platform::Bytes decoded_;
  std::size_t released_ = 0;  // of decoded_
  Result<void> state_;        // the error that ended the armor
};

}  // namespace fieldnote::seal
