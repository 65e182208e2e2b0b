# kiln_module(NAME [SHARED] [QT] SOURCES ... PUBLIC ... PRIVATE ...): one folder of source/, one library `kiln::NAME`.
#
# Each module has an include root of its own that holds nothing but a link to its folder, so that a header of a
# module which is not among the dependencies is not found. The public headers of a module are all headers of its folder.
function(kiln_module name)
  cmake_parse_arguments(ARG "SHARED;QT" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  set(kind STATIC)
  if(ARG_SHARED)
    set(kind SHARED)
  endif()
  add_library(kiln_${name} ${kind} ${ARG_SOURCES})
  add_library(kiln::${name} ALIAS kiln_${name})

  set(root ${CMAKE_BINARY_DIR}/include_roots/${name})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${name} SYMBOLIC)
  target_include_directories(kiln_${name} PUBLIC ${root})

  target_link_libraries(kiln_${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  if(ARG_QT)
    # Headers with Q_OBJECT are found and processed; Qt's keywords would break others' headers.
    set_target_properties(kiln_${name} PROPERTIES AUTOMOC ON)
    target_compile_definitions(kiln_${name} PRIVATE QT_NO_KEYWORDS)
    target_compile_options(kiln_${name} PRIVATE -Wall -Wextra -Wshadow)
    target_precompile_headers(kiln_${name} PRIVATE
      <algorithm> <functional> <memory> <optional> <span> <string> <unordered_map> <vector> <fmt/format.h>
      <QApplication> <QHBoxLayout> <QMenu> <QMouseEvent> <QPainter> <QWidget>)
  else()
    kiln_compile_settings(kiln_${name})
  endif()
endfunction()

# Warnings and the shared precompiled header (standard library and formatting), for modules, programs and tests alike.
function(kiln_compile_settings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wshadow)
  if(NOT target STREQUAL "kiln_core")
    target_precompile_headers(${target} REUSE_FROM kiln_core)
  else()
    target_precompile_headers(${target} PRIVATE
      <algorithm> <array> <cmath> <cstdint> <functional> <map> <memory> <optional> <span> <string> <string_view>
      <unordered_map> <utility> <variant> <vector> <fmt/format.h>)
  endif()
endfunction()

# kiln_test(NAME SOURCES ... [LIBRARIES ...]): the GoogleTest program of one module.
function(kiln_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name}_tests ${ARG_SOURCES})
  target_link_libraries(${name}_tests PRIVATE kiln::${name} ${ARG_LIBRARIES} GTest::gtest GTest::gmock GTest::gtest_main)
  target_include_directories(${name}_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_compile_options(${name}_tests PRIVATE -Wall -Wextra -Wshadow)
  add_test(NAME ${name} COMMAND ${name}_tests)
endfunction()
