// The parts that an export cannot do without, in a row and with nothing between them: what
// `export.share_of_parts` holds the export against. Each bundle is opened and unpacked, each line
// parsed by Boost.JSON, its text looked through once by the detectors (with the gate's memory of
// texts in which nothing was found), written as JSON and packed. No signature, no second reading,
// no gate, no trajectories, no outlines. Prints one JSON object.
#include <CLI/CLI.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <iostream>

#include "platform/file.hpp"
#include "redact/gate.hpp"
#include "seal/age_reader.hpp"
#include "seal/zstd_stream.hpp"

namespace {

using namespace fieldnote;
namespace fs = std::filesystem;
namespace json = boost::json;

constexpr int zstd_level = 3;

class Parts {
 public:
  explicit Parts(std::vector<seal::X25519Identity> identities)
      : identities_(std::move(identities)) {}

  std::size_t export_one(const fs::path& bundle, const fs::path& out) {
    const std::string text = open(bundle);
    auto file = platform::DurableFile::create(out, 0644).value();
    seal::ZstdWriter zstd(file, zstd_level);
    std::size_t lines = 0;
    for (std::string_view rest = text; !rest.empty(); ++lines) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(line.size() + 1);
      json::monotonic_resource memory(room_.data(), room_.size());
      json::value event = json::parse(line, &memory);
      searched_ = line;
      gate_.check(searched_, counts_);
      row_ = json::serialize(event);
      row_ += '\n';
      zstd.write(platform::as_bytes(row_)).value();
    }
    zstd.finish().value();
    file.commit().value();
    return lines - 2;  // but header and signature
  }

 private:
  std::string open(const fs::path& bundle) {
    auto source = platform::FileSource::open(bundle).value();
    auto age = seal::AgeReader::open(source, identities_).value();
    seal::ZstdReader zstd(age);
    std::string text;
    std::vector<std::byte> room(1 << 16);
    while (const std::size_t count = zstd.read(room).value())
      text += platform::as_text(std::span(room).first(count));
    return text;
  }

  std::vector<seal::X25519Identity> identities_;
  std::array<unsigned char, 1 << 16> room_{};
  redact::Masker masker_;
  redact::Gate gate_{masker_};
  redact::Counts counts_;
  std::string searched_, row_;
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App program("An export's bare parts in a row");
  fs::path identity, out;
  std::vector<fs::path> bundles;
  program.add_option("--identity", identity)->required();
  program.add_option("--out", out, "A folder")->required();
  program.add_option("bundles", bundles)->required();
  CLI11_PARSE(program, argc, argv);
  try {
    const std::string key = platform::read_all(identity, 1 << 16).value();
    Parts parts(seal::parse_identities(key).value());
    fs::create_directories(out);
    const auto start = std::chrono::steady_clock::now();
    std::size_t events = 0, number = 0;
    for (const fs::path& bundle : bundles)
      events += parts.export_one(bundle, out / (std::to_string(number++) + ".jsonl.zst"));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::cout << json::serialize(json::object{
                     {"events", events},
                     {"events_per_second", static_cast<double>(events) / took.count()}})
              << '\n';
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "export_parts: " << error.what() << '\n';
    return 1;
  }
}
