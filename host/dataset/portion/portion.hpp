// A portion: a few people whose work is written by one thread, one after the other, and kept in a
// file of its own, `N.portion`, until the dataset is put together from all. What is kept of it is
// whole: it is written beside and renamed, and is believed only as far as it opens.
//
//   32 bytes        salt of the portion's key
//   frames          of each trajectory and format: its rows, compressed
//   runs            the places of frames, in order, `frames_a_block` at a time
//   footer          where the runs are, and what was counted
//   8 bytes         where the footer begins
//
// Each block is ChaCha20-Poly1305 with its offset as its nonce: what is moved, cut or damaged does
// not open. Which rows come from one portion is more than a dataset tells.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <tuple>
#include <type_traits>

#include "dataset/survey/survey.hpp"
#include "seal/primitives.hpp"

namespace fieldnote::dataset {

// People of a survey, by their places in it: from `first` to before `end`.
struct Portion {
  std::size_t first = 0, end = 0;
  std::uint64_t events = 0;
};

// At most so many, each of at least one person; the same survey, the same portions.
inline constexpr std::size_t most_portions = 256;
[[nodiscard]] std::vector<Portion> portions_of(const Survey& survey);

// Where a frame lies, and where it belongs: in its stream (one of a format's files) by `rank`, the
// place of its trajectory, and `part`.
struct Frame {
  std::uint64_t rank = 0;
  std::uint64_t offset = 0;
  std::uint32_t size = 0;  // with its tag
  std::uint32_t rows = 0;
  std::uint32_t part = 0;
  std::uint32_t stream = 0;

  friend bool operator<(const Frame& a, const Frame& b) {
    return std::tie(a.stream, a.rank, a.part) < std::tie(b.stream, b.rank, b.part);
  }
};
static_assert(sizeof(Frame) == 32 && std::is_trivially_copyable_v<Frame>);

// Frames whose places lie one after the other in order.
struct Run {
  std::uint64_t offset = 0;  // of its first block
  std::uint64_t frames = 0;
};

inline constexpr std::size_t portion_salt_size = 32;
inline constexpr std::size_t frames_a_block = 1024;

[[nodiscard]] inline seal::AeadNonce nonce_of(std::uint64_t offset) {
  seal::AeadNonce nonce{};
  std::memcpy(nonce.data(), &offset, sizeof offset);
  return nonce;
}

}  // namespace fieldnote::dataset
