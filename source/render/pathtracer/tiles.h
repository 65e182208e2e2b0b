#pragma once

#include <mutex>
#include <vector>

#include <xmmintrin.h>

#include "render/pathtracer/integrator.h"

namespace kiln::render {

/// Tiny numbers count as zero while it lives: Embree asks for it, and they cost time.
class DenormalsAreZero {
public:
  DenormalsAreZero() : before_(_mm_getcsr()) { _mm_setcsr(before_ | 0x8040u); }
  ~DenormalsAreZero() { _mm_setcsr(before_); }
  DenormalsAreZero(const DenormalsAreZero&) = delete;
  DenormalsAreZero& operator=(const DenormalsAreZero&) = delete;

private:
  unsigned before_;
};

/// Work memory that tasks borrow, so that it is made once a thread. Safe from any thread.
class MemoryPool {
public:
  Integrator::MemoryPointer take(const Integrator& integrator) {
    {
      const std::scoped_lock lock(mutex_);
      if (!free_.empty()) {
        Integrator::MemoryPointer memory = std::move(free_.back());
        free_.pop_back();
        return memory;
      }
    }
    return integrator.make_memory();
  }
  void give_back(Integrator::MemoryPointer memory) {
    const std::scoped_lock lock(mutex_);
    free_.push_back(std::move(memory));
  }

private:
  std::mutex mutex_;  // guards free_
  std::vector<Integrator::MemoryPointer> free_;
};

/// Squares of `tile_size` pixels that cover a picture, cut off at its borders, or at those of a
/// part of it.
inline constexpr int tile_size = 32;
std::vector<Tile> make_tiles(int width, int height, const PixelRect& part = {});

}  // namespace kiln::render
