// The text inside a bundle, compressed or, if that fails, as it is.
#include "dataset/reading/bundle_reader.hpp"
#include "input.hpp"
#include "seal/zstd_stream.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fieldnote;
  platform::MemorySource source(std::as_bytes(std::span(data, size)));
  seal::ZstdReader zstd(source, 20);
  std::string text;
  std::array<std::byte, 4096> room{};
  while (true) {
    const auto count = zstd.read(room);
    if (!count || *count == 0 || text.size() > (1U << 20)) break;
    text += platform::as_text(std::span(room).first(*count));
  }
  const auto bundle =
      dataset::parse_bundle(text.empty() ? std::string(fuzz::text(data, size)) : text);
  if (!bundle) fuzz::require(!bundle.error().sentence.empty());
  return 0;
}
