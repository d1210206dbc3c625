// Seals and opens from standard input to standard output, one process each, so that the memory
// that sealing and opening take can be measured alone.
//   seal_tool generate BYTES              writes a text that does not repeat
//   seal_tool check BYTES                 whether that text, and nothing else, comes in
//   seal_tool keygen                      prints an identity and its recipient, a line each
//   seal_tool seal PEAK-FILE RECIPIENT
//   seal_tool open PEAK-FILE IDENTITY     both write their peak of memory, in KiB, to PEAK-FILE
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>

#include "platform/file.hpp"
#include "seal/age_reader.hpp"
#include "seal/age_writer.hpp"

namespace fieldnote::conformance {
namespace {

using platform::ByteView;

constexpr std::size_t block_size = 32 * 1024;
using Block = std::array<std::byte, block_size>;

class DescriptorSink final : public platform::ByteSink {
 public:
  Result<void> write(ByteView bytes) override {
    while (!bytes.empty()) {
      const ssize_t count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
      if (count < 0) return os_error(errno, "standard output");
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
  }
};

platform::FileSource standard_input() {
  return platform::FileSource(platform::Descriptor(STDIN_FILENO), "standard input");
}

// The block that begins at `offset`: its eight-byte words count on.
void number(Block& block, std::uint64_t offset) {
  for (std::size_t at = 0; at < block.size(); at += sizeof(offset)) {
    const std::uint64_t word = (offset + at) * 0x9e3779b97f4a7c15U;
    std::memcpy(&block[at], &word, sizeof(word));
  }
}

Result<void> generate(std::uint64_t size) {
  DescriptorSink sink;
  Block block;
  for (std::uint64_t offset = 0; offset < size; offset += block.size()) {
    number(block, offset);
    const auto count = std::min<std::uint64_t>(block.size(), size - offset);
    if (auto written = sink.write(ByteView(block).first(count)); !written) return written;
  }
  return {};
}

Result<void> check(std::uint64_t size) {
  auto source = standard_input();
  Block expected, block;
  for (std::uint64_t offset = 0; offset < size; offset += block.size()) {
    number(expected, offset);
    const auto wanted = std::min<std::uint64_t>(block.size(), size - offset);
    for (std::size_t filled = 0; filled < wanted;) {
      const auto count = source.read(std::span(block).subspan(filled, wanted - filled));
      if (!count) return count.error();
      if (*count == 0) return os_error(ENODATA, "the text ends too soon");
      filled += *count;
    }
    if (std::memcmp(block.data(), expected.data(), wanted) != 0)
      return os_error(EILSEQ, "another text");
  }
  const auto more = source.read(block);
  if (!more) return more.error();
  if (*more != 0) return os_error(EFBIG, "the text goes on");
  return {};
}

Result<void> pump(platform::ByteSource& source, platform::ByteSink& sink) {
  Block block;
  while (true) {
    const auto count = source.read(block);
    if (!count) return count.error();
    if (*count == 0) return {};
    if (auto written = sink.write(ByteView(block).first(*count)); !written) return written;
  }
}

Result<void> seal(const std::string& recipient) {
  auto source = standard_input();
  DescriptorSink sink;
  const auto to = seal::X25519Recipient::parse(recipient);
  if (!to) return to.error();
  auto writer = seal::AgeWriter::open(sink, {&*to, 1});
  if (!writer) return writer.error();
  if (auto pumped = pump(source, *writer); !pumped) return pumped;
  return writer->finish();
}

Result<void> open(const std::string& text) {
  auto source = standard_input();
  DescriptorSink sink;
  const auto identity = seal::X25519Identity::parse(text);
  if (!identity) return identity.error();
  auto reader = seal::AgeReader::open(source, {&*identity, 1});
  if (!reader) return reader.error();
  return pump(*reader, sink);
}

// The most that this program had resident. Not ru_maxrss, which begins with what the process that
// started us had before it became this program.
void write_peak(const std::string& path) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) std::ofstream(path) << std::stoul(line.substr(6)) << '\n';
}

Result<void> run(const std::vector<std::string>& words) {
  if (words.size() == 2 && words[0] == "generate") return generate(std::stoull(words[1]));
  if (words.size() == 2 && words[0] == "check") return check(std::stoull(words[1]));
  if (words.size() == 1 && words[0] == "keygen") {
    const auto identity = seal::X25519Identity::generate();
    std::cout << identity.text().view() << '\n' << identity.recipient().text() << '\n';
    return {};
  }
  if (words.size() != 3) return os_error(EINVAL, "seal_tool");
  const auto done = words[0] == "seal" ? seal(words[2]) : open(words[2]);
  write_peak(words[1]);
  return done;
}

}  // namespace
}  // namespace fieldnote::conformance

int main(int count, char** words) {
  const auto done = fieldnote::conformance::run({words + 1, words + count});
  if (!done) std::cerr << "seal_tool: " << done.error().sentence << '\n';
  return done ? 0 : 1;
}
