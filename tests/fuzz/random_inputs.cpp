// Runs the entry point of a libFuzzer program without libFuzzer, with some of its options:
//
//     PROGRAM FILE ...             the inputs in these files
//     PROGRAM -runs=N -seed=S      N random inputs; each is printed before it runs where
//     KILN_FUZZ_VERBOSE is set
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int count, char** arguments) {
  long runs = 0;
  unsigned seed = 1;
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument.starts_with("-runs=")) {
      runs = std::stol(argument.substr(6));
    } else if (argument.starts_with("-seed=")) {
      seed = unsigned(std::stoul(argument.substr(6)));
    } else {
      std::ifstream stream(argument, std::ios::binary);
      const std::vector<char> bytes(std::istreambuf_iterator<char>(stream), {});
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    }
  }
  std::mt19937 random(seed);
  // What a finding needs to be run again.
  const char* last_input = "last_fuzz_input";
  std::ofstream last(last_input, std::ios::binary);
  for (long run = 0; run < runs; ++run) {
    std::vector<std::uint8_t> bytes(1 + random() % 400);
    for (std::uint8_t& byte : bytes) {
      byte = std::uint8_t(random());
    }
    last.seekp(0);
    last.write(reinterpret_cast<const char*>(bytes.data()), std::streamsize(bytes.size()));
    last.flush();
    std::filesystem::resize_file(last_input, bytes.size());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
  fmt::print("{} inputs without a finding\n", runs);
  return 0;
}
