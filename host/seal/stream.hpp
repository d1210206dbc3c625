// STREAM: the payload of an age file as chunks of 64 KiB, each sealed on its own, so that a file
// of any length is sealed and opened in constant memory and what was opened is authentic.
// (age-encryption.org/v1, "Payload"; Hoang, Reyhanitabar, Rogaway, Vizar 2015)
//
// A chunk's nonce is its number and whether it is the last one: chunks cannot be reordered, left
// out or appended, nor the end cut off, without that being noticed. The final chunk is full or
// short; it is empty only where the whole payload is.
#pragma once

#include <cstdint>

#include "seal/primitives.hpp"

namespace fieldnote::seal {

inline constexpr std::size_t chunk_size = 64 * 1024;
inline constexpr std::size_t sealed_chunk_size = chunk_size + aead_tag_size;

// The nonces in their order: an 11-byte big-endian counter from 0, then 1 for the final chunk.
class ChunkCounter {
 public:
  [[nodiscard]] AeadNonce nonce(bool final) const;
  [[nodiscard]] bool at_first() const { return count_ == 0; }
  // A payload of 2^64 chunks cannot be written, so that 8 of the 11 bytes are enough.
  void advance() { ++count_; }

 private:
  std::uint64_t count_ = 0;
};

class StreamWriter final : public platform::ByteSink {
 public:
  // `below` must outlive the writer. `key` must be used for this one stream only.
  StreamWriter(platform::ByteSink& below, const Key32& key);
  ~StreamWriter() override;

  [[nodiscard]] Result<void> write(ByteView bytes) override;
  // Writes the final chunk. To write after it is a bug (std::logic_error).
  [[nodiscard]] Result<void> finish();

 private:
  [[nodiscard]] Result<void> seal_chunk(ByteView plaintext, bool final);

  platform::ByteSink& below_;
  AeadSealer sealer_;
  ChunkCounter counter_;
  platform::Bytes pending_;  // at most one chunk: whether it is the final one is not known yet
  platform::Bytes sealed_;
  bool finished_ = false;
};

class StreamReader final : public platform::ByteSource {
 public:
  // `below` must outlive the reader; the stream is all that is left in it.
  StreamReader(platform::ByteSource& below, const Key32& key);
  ~StreamReader() override;

  // Releases authenticated plaintext only. Refuses (`bad_payload`) a damaged chunk, an end without
  // a final chunk, an empty final chunk after others, and anything after the final chunk; from
  // then on each read gives that error again.
  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> room) override;

 private:
  [[nodiscard]] Result<void> open_chunk();
  [[nodiscard]] bool try_open(ByteView sealed, bool final);
  [[nodiscard]] Result<void> expect_end();

  platform::ByteSource& below_;
  AeadOpener opener_;
  ChunkCounter counter_;
  platform::Bytes sealed_;
  platform::Bytes plaintext_;
  std::size_t begin_ = 0;  // of what is not released yet
  std::size_t end_ = 0;
  bool final_seen_ = false;
  Result<void> state_;  // the error that ended the stream
};

}  // namespace fieldnote::seal
