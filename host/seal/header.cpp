#include "seal/header.hpp"

#include <algorithm>

#include "seal/base64.hpp"
#include "seal/scrypt_stanza.hpp"
#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

constexpr std::string_view version_line = "age-encryption.org/v1";
constexpr std::string_view any_version = "age-encryption.org/";
constexpr std::string_view closing = "---";

Error refuse(std::string why) {
  return seal_error(SealError::bad_header, std::move(why));
}

// Reads the header line by line and keeps its raw bytes on the way.
class HeaderParser {
 public:
  explicit HeaderParser(BufferedSource& source) : source_(source) {}

  Result<Header> parse() {
    if (auto parsed = parse_lines(); !parsed) {
      // A failing disk is not the header's fault.
      if (parsed.error().code.category() != seal_category()) return parsed.error();
      return Error(parsed.error()).at("age header, line " + std::to_string(line_number_));
    }
    return std::move(header_);
  }

 private:
  Result<void> parse_lines() {
    if (auto version = read_version(); !version) return version;
    while (true) {
      const auto line = next_line();
      if (!line) return line.error();
      if (line->starts_with(closing)) return read_closing(*line);
      if (auto stanza = read_stanza(*line); !stanza) return stanza;
    }
  }

  // The next line, whole; good until the next call.
  Result<std::string_view> next_line() {
    ++line_number_;
    const auto line = source_.read_line(max_header_line);
    if (!line) return line.error();
    if (line->end == BufferedSource::LineEnd::end_of_input)
      return refuse("the file ends inside its header, so it was cut short");
    if (line->end == BufferedSource::LineEnd::too_long ||
        header_.authenticated.size() + line->text.size() >= max_header_size)
      return refuse("the header is larger than any that this program reads");
    return line->text;
  }

  void keep(std::string_view line) {
    header_.authenticated += line;
    header_.authenticated += '\n';
  }

  Result<void> read_version() {
    const auto line = next_line();
    if (!line) return line.error();
    if (*line != version_line)
      return refuse(line->starts_with(any_version)
                        ? "a version of age that this program does not know"
                        : "this is no age file");
    keep(*line);
    return {};
  }

  Result<void> read_stanza(std::string_view line) {
    auto stanza = parse_stanza_line(line);
    if (!stanza) return stanza.error();
    std::size_t columns = 0;
    do {
      keep(line);
      const auto next = next_line();
      if (!next) return next.error();
      line = *next;
      columns = line.size();
      if (columns > body_columns) return refuse("a body line is longer than 64 columns");
      const auto bytes = base64_decode(line, Base64Padding::unpadded);
      if (!bytes) return refuse(bytes.error().sentence);
      stanza->body.insert(stanza->body.end(), bytes->begin(), bytes->end());
    } while (columns == body_columns);
    keep(line);
    header_.stanzas.push_back(std::move(*stanza));
    return {};
  }

  Result<void> read_closing(std::string_view line) {
    header_.authenticated += closing;
    line.remove_prefix(closing.size());
    if (!line.starts_with(' ')) return refuse("no space after ---");
    const auto mac = base64_decode(line.substr(1), Base64Padding::unpadded);
    if (!mac) return refuse(mac.error().sentence);
    if (mac->size() != header_.mac.size()) return refuse("the MAC must be 32 bytes");
    std::copy(mac->begin(), mac->end(), header_.mac.begin());
    return check_stanzas();
  }

  [[nodiscard]] Result<void> check_stanzas() const {
    const auto& stanzas = header_.stanzas;
    if (stanzas.empty()) return refuse("there is no stanza, so nobody could open the file");
    const bool passphrase = std::any_of(stanzas.begin(), stanzas.end(),
                                        [](const Stanza& s) { return s.type == scrypt_type; });
    if (passphrase && stanzas.size() > 1)
      return refuse("a passphrase (scrypt) stanza must be the only one");
    return {};
  }

  BufferedSource& source_;
  Header header_;
  std::size_t line_number_ = 0;
};

}  // namespace

Result<Header> read_header(BufferedSource& source) {
  return HeaderParser(source).parse();
}

Result<void> authenticate(const Header& header, const FileKey& file_key) {
  const HeaderMac expected = header_mac(file_key, platform::as_bytes(header.authenticated));
  if (equal_in_constant_time(expected, header.mac)) return {};
  return seal_error(SealError::bad_mac,
                    "the age header was changed after it was written (its MAC does not hold); get "
                    "the file again from its source");
}

std::string header_text(const std::vector<Stanza>& stanzas, const FileKey& file_key) {
  std::string text(version_line);
  text += '\n';
  for (const Stanza& stanza : stanzas) append_stanza(text, stanza);
  text += closing;
  const HeaderMac mac = header_mac(file_key, platform::as_bytes(text));
  text += ' ' + base64_encode(mac, Base64Padding::unpadded) + '\n';
  return text;
}

}  // namespace fieldnote::seal
