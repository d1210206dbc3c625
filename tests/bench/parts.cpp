// The parts that the host cannot do without, in a row and with nothing between them: what
// `host.share_of_parts` holds the host against. A frame is parsed by `basic_parser` with a handler
// that does nothing, each text of it goes once through the detectors (with the gate's memory of
// texts in which nothing was found), it is sealed by one AEAD, and inserted; one commit a group of
// at most 256 frames or 2 MiB, `synchronous=FULL`. There are no pipes, no schema, no sites, no
// placeholders, no compression and no acks.
// Prints one JSON object.
#include <CLI/CLI.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <iostream>

#include "frames.hpp"
#include "redact/gate.hpp"
#include "seal/hold_cipher.hpp"
#include "spool/sqlite.hpp"

namespace {

using namespace fieldnote;
namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::size_t group_frames = 256;
constexpr std::size_t group_bytes = 2 << 20;

struct EmptyHandler {
  static constexpr std::size_t max_object_size = SIZE_MAX;
  static constexpr std::size_t max_array_size = SIZE_MAX;
  static constexpr std::size_t max_key_size = SIZE_MAX;
  static constexpr std::size_t max_string_size = SIZE_MAX;
  using Text = json::string_view;
  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return true; }
  bool on_object_end(std::size_t, json::error_code&) { return true; }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_array_end(std::size_t, json::error_code&) { return true; }
  bool on_key_part(Text, std::size_t, json::error_code&) { return true; }
  bool on_key(Text, std::size_t, json::error_code&) { return true; }
  bool on_string_part(Text, std::size_t, json::error_code&) { return true; }
  bool on_string(Text, std::size_t, json::error_code&) { return true; }
  bool on_number_part(Text, json::error_code&) { return true; }
  bool on_int64(std::int64_t, Text, json::error_code&) { return true; }
  bool on_uint64(std::uint64_t, Text, json::error_code&) { return true; }
  bool on_double(double, Text, json::error_code&) { return true; }
  bool on_bool(bool, json::error_code&) { return true; }
  bool on_null(json::error_code&) { return true; }
  bool on_comment_part(Text, json::error_code&) { return true; }
  bool on_comment(Text, json::error_code&) { return true; }
};

class Parts {
 public:
  explicit Parts(const fs::path& folder)
      : cipher_(seal::DeviceKey::load_or_create(folder / "parts.key").value()),
        database_(spool::Database::open(folder / "parts.db").value()) {
    database_
        .run(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE held (id INTEGER PRIMARY KEY, seq INTEGER, sealed BLOB)")
        .value();
    begin_ = database_.prepare("BEGIN IMMEDIATE").value();
    insert_ = database_.prepare("INSERT INTO held (seq, sealed) VALUES (?1, ?2)").value();
    commit_ = database_.prepare("COMMIT").value();
  }

  void hold(const bench::Frames& frames) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < frames.ends.size();) {
      begin_.run().value();
      const std::size_t first = i;
      const std::size_t from = begin;
      while (i < frames.ends.size() && i - first < group_frames && begin - from < group_bytes) {
        hold_one(std::string_view(frames.bytes).substr(begin + 4, frames.ends[i] - begin - 4), i);
        begin = frames.ends[i++];
      }
      commit_.run().value();
    }
  }

 private:
  void hold_one(std::string_view frame, std::size_t seq) {
    json::error_code failed;
    parser_.reset();
    parser_.write_some(false, frame.data(), frame.size(), failed);
    if (failed) throw std::runtime_error(failed.message());
    searched_ = frame;
    gate_.check(searched_, counts_);
    const std::string place = std::to_string(seq);
    insert_.bind(1, static_cast<std::int64_t>(seq))
        .bind(2, cipher_.seal(platform::as_bytes(frame), platform::as_bytes(place)))
        .run()
        .value();
  }

  json::basic_parser<EmptyHandler> parser_{json::parse_options()};
  redact::Masker masker_;
  redact::Gate gate_{masker_};
  redact::Counts counts_;
  std::string searched_;
  seal::HoldCipher cipher_;
  spool::Database database_;
  spool::Statement begin_, insert_, commit_;
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App program("The host's bare parts in a row");
  fs::path corpus;
  fs::path state;
  std::size_t events = 60000;
  std::size_t per_frame = 10;
  program.add_option("--corpus", corpus)->required();
  program.add_option("--state", state, "Where its database lies")->required();
  program.add_option("--events", events)->capture_default_str();
  program.add_option("--per-frame", per_frame)->capture_default_str();
  CLI11_PARSE(program, argc, argv);
  try {
    const bench::Frames frames = bench::Corpus(corpus).frames(events, per_frame);
    Parts parts(state);
    const auto start = std::chrono::steady_clock::now();
    parts.hold(frames);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::cout << json::serialize(json::object{
                     {"events_per_second", static_cast<double>(frames.events) / took.count()}})
              << '\n';
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "parts: " << error.what() << '\n';
    return 1;
  }
}
