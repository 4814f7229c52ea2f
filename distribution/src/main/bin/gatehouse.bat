@echo off
rem Starts Gatehouse on Windows with the Java 25 of GATEHOUSE_JAVA, JAVA_HOME or PATH, in this order.
setlocal enableextensions
if not defined GATEHOUSE_HOME for %%I in ("%~dp0..") do set "GATEHOUSE_HOME=%%~fI"
if not exist "%GATEHOUSE_HOME%\lib" (
  echo gatehouse: %GATEHOUSE_HOME% is not an installation of Gatehouse, it has no folder lib: unset GATEHOUSE_HOME or correct it. 1>&2
  exit /b 1
)
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if defined GATEHOUSE_JAVA set "JAVA=%GATEHOUSE_JAVA%"
"%JAVA%" -version 2>&1 | findstr /r /c:" version .25[\.\"-]" >nul
if errorlevel 1 (
  echo gatehouse: no Java 25 was found: install one from https://adoptium.net or set JAVA_HOME to it. 1>&2
  exit /b 1
)
for %%J in ("%GATEHOUSE_HOME%\lib\kernel-*.jar") do set "KERNEL=%%J"
set "OPTIONS="
if exist "%GATEHOUSE_HOME%\conf\jvm.options" set OPTIONS="@%GATEHOUSE_HOME%\conf\jvm.options"
"%JAVA%" "@%GATEHOUSE_HOME%\lib\java-flags" %OPTIONS% %GATEHOUSE_JVM_FLAGS% -jar "%KERNEL%" %*
