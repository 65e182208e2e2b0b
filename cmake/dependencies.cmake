# Third-party libraries, all from Debian 12 packages (tools/install_dependencies.sh installs them).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(TBB 2021 REQUIRED CONFIG)
find_package(fmt REQUIRED CONFIG)
find_package(nlohmann_json REQUIRED CONFIG)
find_package(Eigen3 REQUIRED CONFIG)
find_package(SQLite3 REQUIRED)
find_package(zstd REQUIRED CONFIG)
find_package(ZLIB REQUIRED)
find_package(JPEG REQUIRED)
pkg_check_modules(OPENJPEG REQUIRED IMPORTED_TARGET libopenjp2)
pkg_check_modules(WEBP REQUIRED IMPORTED_TARGET libwebp)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET libhwy)
find_package(embree 3.13 REQUIRED CONFIG)
find_package(Imath REQUIRED CONFIG)
find_package(OpenEXR REQUIRED CONFIG)
find_package(OpenImageIO 2.4 REQUIRED CONFIG)
# The packaged target names /usr/include/opencv4, which is absent.
set_target_properties(OpenImageIO::OpenImageIO PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ""
                                                          INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "")

set(Python3_EXECUTABLE /usr/bin/python3 CACHE FILEPATH "")
find_package(Python3 3.11 REQUIRED COMPONENTS Interpreter Development.Module Development.Embed)

set(OpenGL_GL_PREFERENCE GLVND)
find_package(OpenGL REQUIRED COMPONENTS OpenGL EGL)
find_package(GLEW REQUIRED)
find_package(Freetype REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets OpenGL OpenGLWidgets)

find_package(GTest REQUIRED)
find_package(benchmark REQUIRED CONFIG)

# Libraries whose packaged CMake files do not work.
function(kiln_system_library target lib header)
  find_path(${lib}_INC ${header} REQUIRED)
  find_library(${lib}_LIB ${lib} REQUIRED)
  add_library(${target} SHARED IMPORTED GLOBAL)
  set_target_properties(${target} PROPERTIES IMPORTED_LOCATION ${${lib}_LIB}
                                             INTERFACE_INCLUDE_DIRECTORIES ${${lib}_INC})
endfunction()
kiln_system_library(OpenColorIO::OpenColorIO OpenColorIO OpenColorIO/OpenColorIO.h)
kiln_system_library(OpenSubdiv::osdCPU osdCPU opensubdiv/far/topologyRefiner.h)
