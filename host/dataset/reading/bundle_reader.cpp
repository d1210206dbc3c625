#include "dataset/reading/bundle_reader.hpp"

#include <algorithm>
#include <array>

#include "model/strict_json.hpp"
#include "seal/age_reader.hpp"
#include "seal/base64.hpp"
#include "seal/buffered_source.hpp"
#include "seal/zstd_stream.hpp"

namespace fieldnote::dataset {
namespace {

namespace json = boost::json;

constexpr std::int64_t schema = 1;
constexpr std::int64_t most_participants = 1'000'000;
constexpr std::size_t max_header_line = 1 << 20;

class Category final : public boost::system::error_category {
 public:
  [[nodiscard]] const char* name() const noexcept override { return "fieldnote.bundle"; }
  [[nodiscard]] std::string message(int value) const override {
    switch (static_cast<BundleError>(value)) {
      case BundleError::not_a_bundle:
        return "not a bundle";
      case BundleError::bad_signature:
        return "bad signature";
      case BundleError::newer_schema:
        return "newer schema";
      case BundleError::too_large:
        return "too large";
    }
    return "unknown";
  }
};

// Passes bytes on and digests them on their way.
class DigestingSource final : public platform::ByteSource {
 public:
  explicit DigestingSource(platform::ByteSource& below) : below_(below) {}
  Result<std::size_t> read(std::span<std::byte> room) override {
    auto count = below_.read(room);
    if (count) digest_.update(room.first(*count));
    return count;
  }
  seal::Digest digest() { return digest_.finish(); }

 private:
  platform::ByteSource& below_;
  seal::Sha256 digest_;
};

Result<std::string> read_text(platform::ByteSource& source) {
  std::string text;
  std::array<std::byte, 65536> room{};
  while (true) {
    auto count = source.read(room);
    if (!count) return count.error();
    if (*count == 0) return text;
    if (text.size() + *count > max_bundle_text)
      return Error{BundleError::too_large, "opens to more than " + std::to_string(max_bundle_text) +
                                               " bytes, which no sealer makes"};
    text += platform::as_text(std::span(room).first(*count));
  }
}

Error no_bundle(std::string_view why) {
  return {BundleError::not_a_bundle, "is no bundle of Fieldnote: " + std::string(why)};
}

std::optional<seal::Digest> digest_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  auto digest = seal::Digest::from_hex(value->get_string());
  return digest ? std::optional(*digest) : std::nullopt;
}

std::int64_t number_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : -1;
}

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<std::string> text_if_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

// Bundles from before there were tasks have none.
Result<void> read_tasks(const json::object& header, BundleHeader& bundle) {
  const json::value* tasks = header.if_contains("tasks");
  if (tasks == nullptr) return {};
  if (!tasks->is_array()) return no_bundle("its header's tasks are no list");
  for (const json::value& task : tasks->get_array()) {
    if (!task.is_object()) return no_bundle("its header has a task that is no object");
    const json::object& object = task.get_object();
    bundle.tasks.push_back({text_at(object, "task"), text_if_at(object, "words"),
                            object.contains("own"), text_if_at(object, "outcome")});
  }
  return {};
}

// What is asked back must not be passed over because it cannot be read.
Result<void> read_asks(const json::object& header, BundleHeader& bundle) {
  const json::value* asks = header.if_contains("asks");
  if (asks == nullptr) return {};
  if (!asks->is_object()) return no_bundle("it asks for what cannot be read");
  auto scope = model::AskedBack::from_json(asks->get_object());
  if (!scope) return no_bundle("it asks for what cannot be read: " + scope.error().sentence);
  bundle.asks = std::move(*scope);
  return {};
}

Result<BundleHeader> parse_header(std::string_view line) {
  BundleHeader bundle;
  const auto value = model::parse_strict(line, model::Comments::refused);
  if (!value) return no_bundle("its first line is " + value.error().what);
  if (!value->is_object()) return no_bundle("its first line is no object");
  const json::object& header = value->get_object();
  const json::value* kind = header.if_contains("kind");
  if (kind == nullptr || *kind != "header") return no_bundle("its first line is no header");
  if (number_at(header, "schema") > schema)
    return Error{BundleError::newer_schema, "was sealed by a newer version (schema " +
                                                std::to_string(number_at(header, "schema")) +
                                                "); install that one to read it"};
  if (number_at(header, "schema") != schema) return no_bundle("its header has no schema");
  const json::value* participant = header.if_contains("participant");
  if (participant == nullptr || !participant->is_string())
    return no_bundle("its header names no participant key");
  auto key = seal::ParticipantPublicKey::parse(participant->get_string());
  if (!key) return no_bundle("its header names no participant key");
  bundle.participant = *key;
  bundle.n = number_at(header, "n");
  bundle.events = number_at(header, "events");
  if (bundle.n < 1 || bundle.events < 0) return no_bundle("its header has no number or no count");
  bundle.previous = digest_at(header, "previous");
  bundle.organisation = text_at(header, "organisation");
  bundle.policy = text_at(header, "policy");
  bundle.notice = text_at(header, "notice");
  bundle.receipt = text_at(header, "receipt");
  if (!seal::Digest::from_hex(bundle.receipt)) return no_bundle("its header names no receipt");
  bundle.week = text_at(header, "week");
  bundle.min_participants = static_cast<unsigned>(
      std::clamp<std::int64_t>(number_at(header, "min_participants"), 0, most_participants));
  const json::value* synthetic = header.if_contains("synthetic");
  bundle.synthetic = synthetic != nullptr && *synthetic == true;
  if (const json::value* ledger = header.if_contains("ledger");
      ledger != nullptr && ledger->is_object())
    bundle.ledger = model::Ledger::from_json(ledger->get_object());
  if (auto read = read_tasks(header, bundle); !read) return read.error();
  if (auto read = read_asks(header, bundle); !read) return read.error();
  return bundle;
}

// Whether a signature is still to be held against what it signs.
enum class Signed { unknown, known };

Result<seal::Signature> read_signature(std::string_view line) {
  const auto value = model::parse_strict(line, model::Comments::refused);
  const json::value* text =
      value && value->is_object() ? value->get_object().if_contains("ed25519") : nullptr;
  if (text == nullptr || !text->is_string()) return no_bundle("its last line is no signature");
  auto bytes = seal::base64_decode(text->get_string(), seal::Base64Padding::padded);
  seal::Signature signature{};
  if (!bytes || bytes->size() != signature.size())
    return no_bundle("its last line is no signature");
  std::copy(bytes->begin(), bytes->end(), signature.begin());
  return signature;
}

Result<Bundle> parse(std::string text, Signed is_signed) {
  if (!text.ends_with('\n')) return no_bundle("its last line has no end");
  const std::size_t header_end = text.find('\n') + 1;
  const std::size_t last = text.size() < 2 ? std::string::npos : text.rfind('\n', text.size() - 2);
  if (last == std::string::npos || last + 1 < header_end)
    return no_bundle("it has fewer than two lines");
  const std::string_view all(text);
  auto signature = read_signature(all.substr(last + 1, all.size() - last - 2));
  if (!signature) return signature.error();
  auto header = parse_header(all.substr(0, header_end - 1));
  if (!header) return header.error();
  if (is_signed == Signed::unknown &&
      !seal::verify(header->participant, platform::as_bytes(all.substr(0, last + 1)), *signature))
    return Error{BundleError::bad_signature,
                 "was changed after it was sealed: its signature does not fit"};
  text.resize(last + 1);
  text.erase(0, header_end);
  Bundle bundle{std::move(*header), {}, std::move(text)};
  if (is_signed == Signed::unknown &&
      std::count(bundle.lines.begin(), bundle.lines.end(), '\n') != bundle.events)
    return no_bundle("its header counts other events than it has");
  return bundle;
}

// The text of a bundle, and the digest of its file.
struct Opened {
  std::string text;
  seal::Digest digest;
};

Result<Opened> open_bundle(const platform::fs::path& file,
                           std::span<const seal::X25519Identity> identities) {
  auto source = platform::FileSource::open(file);
  if (!source) return source.error();
  DigestingSource digesting(*source);
  auto age = seal::AgeReader::open(digesting, identities);
  if (!age) return std::move(age.error()).at(file.string());
  seal::ZstdReader zstd(*age);
  auto text = read_text(zstd);
  if (!text) return std::move(text.error()).at(file.string());
  return Opened{std::move(*text), digesting.digest()};
}

Result<Bundle> parse_opened(const platform::fs::path& file, Opened opened, Signed is_signed) {
  auto bundle = parse(std::move(opened.text), is_signed);
  if (!bundle) return std::move(bundle.error()).at(file.string());
  bundle->digest = opened.digest;
  return bundle;
}

}  // namespace

boost::system::error_code make_error_code(BundleError error) {
  static const Category category;
  return {static_cast<int>(error), category};
}

Result<Bundle> parse_bundle(std::string text) {
  return parse(std::move(text), Signed::unknown);
}

Result<BundleHeader> read_header(const platform::fs::path& file,
                                 std::span<const seal::X25519Identity> identities) {
  auto source = platform::FileSource::open(file);
  if (!source) return source.error();
  auto age = seal::AgeReader::open(*source, identities);
  if (!age) return std::move(age.error()).at(file.string());
  seal::ZstdReader zstd(*age);
  seal::BufferedSource lines(zstd);
  auto line = lines.read_line(max_header_line);
  if (!line) return std::move(line.error()).at(file.string());
  if (line->end != seal::BufferedSource::LineEnd::line_feed)
    return no_bundle("its first line has no end").at(file.string());
  auto header = parse_header(line->text);
  if (!header) return std::move(header.error()).at(file.string());
  return header;
}

Result<Bundle> read_bundle(const platform::fs::path& file,
                           std::span<const seal::X25519Identity> identities) {
  auto opened = open_bundle(file, identities);
  if (!opened) return opened.error();
  return parse_opened(file, std::move(*opened), Signed::unknown);
}

Result<Bundle> read_bundle_again(const platform::fs::path& file,
                                 std::span<const seal::X25519Identity> identities,
                                 const seal::Digest& digest) {
  auto opened = open_bundle(file, identities);
  if (!opened) return opened.error();
  if (opened->digest != digest)
    return Error{
        boost::system::errc::make_error_code(boost::system::errc::invalid_argument),
        file.string() + ": changed while it was read; begin again when nothing writes there"};
  return parse_opened(file, std::move(*opened), Signed::known);
}

}  // namespace fieldnote::dataset
